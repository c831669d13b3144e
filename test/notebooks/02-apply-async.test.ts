import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("02-apply-async.ipynb");

test("two awaited applies take two seconds", () => {
  const lines = notebook.lines("async-problem");
  const steps = lines.map((line) => line.replace(/^Worker \d+ is /, "")).slice(0, -1);
  assert.deepEqual(steps, [
    "going to sleep for 1 second(s)",
    "waking up",
    "Result one is 13",
    "going to sleep for 1 second(s)",
    "waking up",
    "Result two is 5",
  ]);
  assert.ok(secondsPrinted(lines) >= 1.9, lines.at(-1));
});

test("two submitted calls sleep at the same time, in two workers, and take about one second", () => {
  const lines = notebook.lines("async-run");
  const position = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  const pids = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  const [main] = pids(/^Main process is (\d+)$/);
  const asleep = pids(/^Worker (\d+) is going to sleep for 1 second\(s\)$/);
  const awake = pids(/^Worker (\d+) is waking up$/);

  assert.equal(new Set([main, ...asleep]).size, 3);
  assert.deepEqual([...awake].sort(), [...asleep].sort());
  assert.equal(position(/^Main process is free/), 1);
  assert.ok(
    lines.findLastIndex((line) => line.includes("going to sleep")) < position(/is waking up/),
    lines.join("\n"),
  );
  assert.deepEqual(
    lines.filter((line) => line.startsWith("Result")),
    ["Result one is 13", "Result two is 5"],
  );
  const seconds = secondsPrinted(lines);
  assert.ok(seconds >= 0.9 && seconds < 1.7, lines.at(-1));
});

test("what nobody waited for is lost with the pool, and its future says so", () => {
  assert.match(notebook.lines("async-too-late").at(-1) ?? "", /^PoolTerminatedError: /);
  assert.doesNotMatch(notebook.text("async-too-late"), /waking up/);
});

test("close() and join() let submitted work finish, and later calls are refused", () => {
  const lines = notebook.lines("async-close");
  assert.equal(lines[0], "Too late: Error: Pool not running");
  assert.equal(lines.at(-1), "The pool is gone, and the result is 13");
});

function secondsPrinted(lines: string[]): number {
  return Number(/^Both took ([\d.]+) s$/.exec(lines.at(-1) ?? "")?.[1]);
}
