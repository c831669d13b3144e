import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(import.meta.resolve("#dist/course/exercise-script.js"));

function exercise(...args: string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
}

test("the exercise runs from a terminal, with so many workers and tasks", () => {
  const { status, stdout, stderr } = exercise("--workers", "2", "--tasks", "3");
  assert.equal(stderr, "");
  assert.equal(status, 0);
  const lines = stdout.trimEnd().split("\n");
  assert.deepEqual(lines.slice(0, 3), [
    "Task 0: the result is 13",
    "Task 1: the result is 3",
    "Task 2: the result is 9",
  ]);
  const shares = lines.slice(-2).map((line) => line.replace(/^worker \d: /, ""));
  assert.deepEqual(shares.sort(), ["task 0", "tasks 1, 2"]);
});

test("the exercise refuses what is no number of workers or tasks", () => {
  for (const wrong of [
    ["--workers", "0"],
    ["--workers", "many"],
    ["--tasks", "2.5"],
    ["--workers", "51"],
    ["--threads", "2"],
  ]) {
    const { status, stdout, stderr } = exercise(...wrong);
    assert.equal(status, 2, wrong.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, /^(Expected --\w+ to be a whole number|Unknown option).*\nusage: npm run exercise/);
  }
});
