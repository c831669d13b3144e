import assert from "node:assert/strict";
import { test } from "node:test";
import { cachedDataVersionTag } from "node:v8";
import { unoptimized } from "#dist/kernel/executor/unoptimized.js";

test("unoptimized() changes V8's flags for its step, and leaves the code valid that V8 has stored before", () => {
  const before = cachedDataVersionTag();
  let within = before;
  unoptimized(() => {
    within = cachedDataVersionTag();
  });
  assert.notEqual(within, before);
  assert.equal(cachedDataVersionTag(), before);
  assert.throws(
    () =>
      unoptimized(() => {
        throw new Error("interrupted");
      }),
    { message: "interrupted" },
  );
  assert.equal(cachedDataVersionTag(), before);
});
