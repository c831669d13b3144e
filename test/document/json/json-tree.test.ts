import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type JsonNode, parseJsonTree } from "#dist/document/json/json-tree.js";

/** The value that the tree stands for, read from the places it names. */
function valueAt(text: string, node: JsonNode): unknown {
  if (node.type === "array") {
    return node.items.map((item) => valueAt(text, item));
  }
  if (node.type === "scalar") {
    return JSON.parse(text.slice(node.start, node.end));
  }
  return Object.fromEntries(node.members.map(({ key, value }) => [key, valueAt(text, value)]));
}

test("every value is where the tree says, in any JSON text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      assert.deepEqual(valueAt(text, parseJsonTree(text)), JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test("a key that stands twice in one object is refused, with its line; in two objects it is fine", () => {
  assert.throws(
    () => parseJsonTree('{"a": 1,\n "b": 2,\n "\\u0061": 3}'),
    /the key "a" stands twice in one object, line 3/,
  );
  assert.doesNotThrow(() => parseJsonTree('[{"a": {"a": 1}}, {"a": 2}]'));
});

test("what nests too deep is refused before anything walks it", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  assert.doesNotThrow(() => parseJsonTree(nested(500)));
  assert.throws(() => parseJsonTree(nested(501)), /nested more than 500 levels deep/);
  assert.throws(() => parseJsonTree(nested(1_000_000)), /nested more than 500 levels deep/);
});
