import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("08-trouble.ipynb");

test("an error keeps its class, and its stack the place in the function", () => {
  assert.deepEqual(notebook.lines("trouble-throws"), [
    "RangeError: Too far. A RangeError? true",
    "at throws (cell[2].ts:7:9)",
  ]);
});

test("a worker that dies loses its task and nothing else", () => {
  const [lost, ...others] = notebook.lines("trouble-dies");
  assert.match(lost ?? "", /^WorkerLostError: .* died: exit code 3$/);
  assert.deepEqual(others, [
    "The other task: 42. The next one: 2",
    "Workers: 2, of which 1 from the beginning",
  ]);
});

test("a time limit ends the waiting, cancel() the task", () => {
  assert.deepEqual(notebook.lines("trouble-hangs"), [
    "TimeoutError: Result was not ready after 500 ms",
    "Is the next task done? false",
    "Cancelled? true",
    "CancelledError: Task was cancelled",
    "The next task: 42",
  ]);
  assert.match(notebook.lines("trouble-deadline")[0] ?? "", /^TimeoutError: /);
  assert.equal(notebook.lines("trouble-deadline")[1], "The task was cancelled, and the next one gives 42");
});

test("the records tell how each task ended", () => {
  const rows = notebook.text("trouble-who").split("\n").slice(1, 6);
  const outcomes = rows.map((row) => row.trim().split(/\s+/).at(-1));
  assert.deepEqual(outcomes, ["succeeded", "failed", "lost", "cancelled", "succeeded"]);
});

test("two threads lose what they count, but for luck", () => {
  assert.match(notebook.lines("trouble-race").join(), /^(Some counts were lost|20000000: .* by luck)$/);
});

test("Atomics and a lock lose nothing", () => {
  const lines = notebook.lines("trouble-cured");
  assert.deepEqual([lines[0], lines[2]], ["addOne: 20000000 of 20000000", "withLock: 1000000 of 1000000"]);
});

test("two pools that both wait first never end, and do when one speaks first", () => {
  assert.deepEqual(notebook.lines("trouble-deadlock"), [
    "Both wait first: running and running",
    "One speaks first: succeeded and succeeded",
  ]);
});

test("a worker keeps what functions leave behind, until it is replaced", () => {
  assert.deepEqual(notebook.lines("trouble-memory"), [
    "20 MB, 40 MB, 60 MB, 80 MB, 100 MB, 120 MB kept by the worker",
    "20 MB, 40 MB, 20 MB, 40 MB, 20 MB, 40 MB kept by the worker",
  ]);
});
