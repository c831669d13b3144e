import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("03-futures.ipynb");

test("ready() turns true, successful() throws before, get() gives the value every time", () => {
  assert.deepEqual(notebook.lines("futures-ask"), [
    "Ready at once? false",
    "Successful? Error: AsyncResult is not ready",
    "Ready after waiting? true. Successful? true",
    "The result is 13, and asked again 13",
  ]);
});

test("wait() and get() give up after their time limit, and the task goes on", () => {
  const [ready, givenUp, result] = notebook.lines("futures-limit");
  assert.equal(ready, "Ready after 0.1 s? false");
  assert.match(givenUp ?? "", /^Given up: TimeoutError: /);
  assert.equal(result, "The result is 13");
});

test("polled at the half second, the tasks have finished as their durations say", () => {
  const lines = notebook.lines("futures-poll");
  const polls: [time: string, finished: number[]][] = [];
  for (const line of lines) {
    const time = /^After ([\d.]+) s$/.exec(line)?.[1];
    if (time !== undefined) {
      polls.push([time, []]);
    }
    const task = /^ {2}task (\d) has finished$/.exec(line)?.[1];
    if (task !== undefined) {
      polls.at(-1)?.[1].push(Number(task));
    }
  }
  assert.deepEqual(polls, [
    ["0.5", []],
    ["1.5", [2]],
    ["2.5", [1, 2]],
    ["3.5", [0, 1, 2]],
    ["4.5", [0, 1, 2, 4]],
    ["5.5", [0, 1, 2, 3, 4]],
  ]);
  assert.equal(lines.filter((line) => /^ {2}task \d (has finished|is running)$/.test(line)).length, 30);
});

test("successful() tells which futures have a value to get", () => {
  assert.deepEqual(notebook.lines("futures-branch"), [
    ...[13, 3, 9, 7].map((result, task) => `Task ${task}: the result is ${result}`),
    "Task 4: failed, so there is no value to get",
  ]);
});

test("the results are 13, 3, 9, 7 and a ValueError", () => {
  assert.deepEqual(notebook.lines("futures-results"), [
    "Task 0: the result is 13",
    "Task 1: the result is 3",
    "Task 2: the result is 9",
    "Task 3: the result is 7",
    "Task 4: failed with ValueError: Called broken function",
  ]);
});

test("the timeline says who ran what: five tasks on five workers, one failed", () => {
  const rows = notebook.text("futures-picture").split("\n");
  assert.match(rows[0] ?? "", /^task +function +worker +waited +started +ended +outcome$/);
  assert.equal(rows.filter((row) => /^worker \d: task \d$/.test(row)).length, 5);
  assert.match(rows[5] ?? "", /^ +4 +brokenFunction .* failed$/);
  assert.match(notebook.picture("futures-picture"), /<title>5 tasks on 5 workers in 5\.\d s<\/title>/);
});

test("the error is kept: get() throws it every time, wait() never", () => {
  assert.deepEqual(notebook.lines("futures-kept"), [
    "The first get throws ValueError: Called broken function",
    "The second get throws ValueError: Called broken function",
    "wait throws nothing. Ready? true. Successful? false",
  ]);
});

test("the worker of a failed task is used again, and nobody complains", () => {
  assert.deepEqual(notebook.lines("futures-again"), [
    "After the failure: 13",
    "The same worker? true. Tasks: failed, succeeded",
  ]);
});

test("an unhandled rejection ends a Node program", () => {
  assert.deepEqual(notebook.lines("futures-unhandled"), ['Node ended with exit code 1, and printed ""']);
});

test("Promise.all gives up at the first failure, and harms no other task", () => {
  assert.deepEqual(notebook.lines("futures-all"), [
    "Promise.all gives up: ValueError: Called broken function",
    "The sum is still running, and then it is 13",
  ]);
});

test("Promise.allSettled tells how each went, in the order of submission", () => {
  assert.deepEqual(notebook.lines("futures-settled").slice(-5), [
    "fulfilled: 13",
    "fulfilled: 3",
    "fulfilled: 9",
    "fulfilled: 7",
    "rejected: ValueError: Called broken function",
  ]);
  assert.match(notebook.text("futures-settled"), /task 0 .\s+task 1 .\s+task 2 .\s+task 3 .\s+task 4 ./);
});

test("two async functions that calculate run one after the other, two workers at the same time", () => {
  const steps = (id: string) => notebook.lines(id).filter((line) => /^[AB] (begins|ends)$/.test(line));
  assert.deepEqual(steps("futures-async-alone"), ["A begins", "A ends", "B begins", "B ends"]);
  const parallel = steps("futures-async-pool");
  assert.deepEqual(parallel.slice(0, 2).sort(), ["A begins", "B begins"]);
  assert.deepEqual(parallel.slice(2).sort(), ["A ends", "B ends"]);
  for (const id of ["futures-async-alone", "futures-async-pool"]) {
    assert.match(notebook.lines(id).at(-1) ?? "", /^49098 primes, twice, in [\d.]+ s$/);
  }
});

test("values arrive as structured clones; methods and functions do not", () => {
  assert.deepEqual(notebook.lines("futures-trip"), [
    "Map with a,1",
    "Date",
    "Float64Array",
    "BigInt 10",
    "Number NaN",
    "Undefined undefined",
  ]);
  const [point, refused] = notebook.lines("futures-trip-class");
  assert.equal(point, "x is 3, distance is undefined");
  assert.match(refused ?? "", /^Not sent: .*could not be cloned/);
});

test("a loop that never awaits never sees a task finish", () => {
  assert.deepEqual(notebook.lines("futures-block"), [
    "Looks that found it ready: 0",
    "After one short await: ready",
  ]);
});
