import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "#dist/pool/wire/structured-clone.cjs";

test("decode() names a kind of array that this Node does not have", () => {
  const bytes = encode(new Uint8Array([1, 2, 3]));
  const tag = bytes.findIndex((byte, index) => byte === 1 && bytes[index + 1] === 3);
  const [unknown, name] = "Float16Array" in globalThis ? [49, "view of kind 49"] : [13, "Float16Array"];
  bytes[tag] = unknown;
  const message = `A ${name} could not be received: Node ${process.versions.node} has none`;
  assert.throws(() => decode(bytes), { name: "TypeError", message });
});
