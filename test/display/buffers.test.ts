import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { putBuffers, splitBuffers } from "#dist/display/widgets/buffers.js";

test("splitBuffers() takes keys out of objects, and leaves null in lists", () => {
  const bytes = new Uint8Array([1, 2]);
  assert.deepEqual(splitBuffers({ a: bytes, b: { c: [1, bytes], d: bytes.buffer }, e: undefined }), {
    state: { b: { c: [1, null] } },
    buffer_paths: [["a"], ["b", "c", 1], ["b", "d"]],
    buffers: [bytes, bytes, bytes.buffer],
  });
});

test("putBuffers() puts back what splitBuffers() took out", () => {
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, true, 1, "text"),
      fc.uint8Array({ maxLength: 4 }),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), tree, { noNullPrototype: true }), (state) => {
      const split = splitBuffers(state);
      const arrived: Record<string, unknown> = JSON.parse(JSON.stringify(split.state));
      putBuffers(arrived, split.buffer_paths, split.buffers as Uint8Array[]);
      assert.deepEqual(arrived, state);
    }),
  );
});

test("splitBuffers() refuses what would arrive as something else, and names its place", () => {
  const values = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    () => 1,
    Symbol("s"),
    new Map(),
    new Set([1]),
    /a/,
  ];
  for (const value of values) {
    assert.throws(
      () => splitBuffers({ a: { b: [value] } }),
      /^TypeError: Expected `a\.b\.0` to be JSON or bytes/,
    );
  }
  assert.deepEqual(splitBuffers({ day: new Date(0) }).state, { day: "1970-01-01T00:00:00.000Z" });
});

test("putBuffers() ignores paths that lead nowhere", () => {
  const state = { a: 1 };
  putBuffers(
    state,
    [["b", "c"], ["a", "x"], ["__proto__", "polluted"], "no path"],
    Array(4).fill(new Uint8Array(1)),
  );
  assert.deepEqual(state, { a: 1 });
  assert.equal(Reflect.get({}, "polluted"), undefined);
});
