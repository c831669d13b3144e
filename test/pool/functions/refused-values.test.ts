import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import { Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

describe("what has no members that could be looked at", () => {
  const { proxy, revoke } = Proxy.revocable({ member: 1 }, {});
  revoke();
  const call = Proxy.revocable(() => 1, {});
  call.revoke();
  const held = new Map([["key", { proxy }]]);
  const foreign = runInNewContext("(x) => x + 1") as (x: number) => number;
  const refused: Record<string, { task: () => unknown; message: RegExp }> = {
    "a revoked Proxy": {
      task: () => proxy.member,
      message: /it uses `proxy`, a Proxy that has been revoked; /,
    },
    "one of a function": {
      task: () => call.proxy(),
      message: /uses `call`.*`proxy`, a Proxy that has been revoked/,
    },
    "the function itself": { task: call.proxy, message: /it is a Proxy that has been revoked; / },
    "one within other data": {
      task: () => held.size,
      message: /`held`, which uses `key`, which uses `proxy`, a Proxy that has been revoked; /,
    },
    "a function of another context": {
      task: () => foreign(1),
      message: /it uses `foreign`, a function of another context of `node:vm`; /,
    },
    "that function itself": {
      task: foreign as () => unknown,
      message: /it is a function of another context/,
    },
  };
  for (const [name, { task, message }] of Object.entries(refused)) {
    it(`${name} is refused by its name`, () =>
      assert.rejects(pool.apply(task), { name: "FunctionTransferError", message }));
  }
});
