import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { after, test } from "node:test";
import { callbackify, deprecate, promisify } from "node:util";
import { FunctionTransferError, Pool } from "poolbook";

const pool = new Pool(1);
after(() => pool.terminate());

test("what Node has made is refused by the user's name, and not by names inside of Node", async () => {
  const key = createSecretKey(Buffer.from("a"));
  const timer = setTimeout(() => {}, 0);
  const promising = promisify((callback: (error: Error | null, value: number) => void) => callback(null, 1));
  const calling = callbackify(async () => 1);
  const old = deprecate((x: number) => x, "old");
  const functions: [RegExp, () => unknown][] = [
    [/: it uses `key`, a \w*KeyObject, which belongs to this process; create it/, () => key.type],
    [/: it uses `timer`, a Timeout, which belongs to this process; create it/, () => timer.hasRef()],
    [/: it uses `promising`, a function of Node's own; wrap the call/, () => promising()],
    [/: it uses `calling`, a function of Node's own; wrap the call/, () => calling],
    [/: it uses `old`, a function of Node's own; wrap the call/, () => old(1)],
  ];
  for (const [message, fn] of functions) {
    await assert.rejects(
      pool.apply(fn),
      (error: Error) => error instanceof FunctionTransferError && message.test(error.message),
      String(message),
    );
  }
});
