import assert from "node:assert/strict";
import { test } from "node:test";
import { startScript } from "../../helpers/script.js";

test("output is complete, in order, before its result, and UTF-8 intact", async () => {
  const script = startScript("pool/output.mjs");
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  const lines = script.stdout.split("\n");
  const expected = [];
  for (let task = 0; task < 50; task++) {
    for (let line = 0; line < 40; line++) {
      expected.push(`task ${task} line ${line}`);
    }
    expected.push(`result ${task}`);
  }
  assert.deepEqual(lines.slice(0, expected.length), expected);
  const rest = lines.slice(expected.length);
  assert.deepEqual(rest, [
    "split: żółw 🐢",
    `long: ${"🐢".repeat(100_000)}`,
    "written true",
    "from a child process",
    "end",
    "",
  ]);
  assert.equal(script.stderr, "to stderr\n");
});

test("output is attributed to the task that wrote it, also when it comes late", async () => {
  const script = startScript("pool/attributed-output.mjs");
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  assert.deepEqual(script.stdout.trimEnd().split("\n").sort(), [
    "cell 1: late 1",
    "cell 1: task 1",
    "cell 2: late 2",
    "cell 2: task 2",
    "cell 3: late 3",
    "cell 3: task 3",
  ]);
});
