import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { courseNotebooks, ExecutedNotebook } from "./helpers/executed-notebook.js";
import { ProcessMark } from "./helpers/marked-processes.js";

// The facts of the chapter, asserted on what the notebooks really print. Bounds: lower ones are strict, upper ones lie
// clearly under what the same work takes one after another.

const mark = new ProcessMark();
const executed = new Map<string, ExecutedNotebook>();

function notebook(name: string): ExecutedNotebook {
  const found = executed.get(name);
  assert.ok(found, `${name} was not executed`);
  return found;
}

before(async () => {
  Object.assign(process.env, mark.env);
  for (const name of courseNotebooks()) executed.set(name, await ExecutedNotebook.run(name));
});

for (const name of courseNotebooks()) {
  test(`${name}: every cell runs, in order, with nothing on stderr`, () => notebook(name).assertClean());
}

test("no kernel and no worker is left behind", async () => {
  assert.deepEqual(await mark.livingAfter(5), []);
});

/** `lines` with their PIDs renamed in order of appearance, so that only who is who matters. */
function withNamedPids(lines: string[]): string[] {
  const names = new Map<string, string>();
  return lines.map((line) =>
    line.replace(/(?<=(?:Worker|process is) )\d+/, (pid) => {
      if (!names.has(pid)) names.set(pid, `<${names.size + 1}>`);
      return names.get(pid) ?? pid;
    }),
  );
}

describe("01-apply.ipynb", () => {
  test("a slow function runs in another process, and its result comes back", () => {
    assert.deepEqual(withNamedPids(notebook("01-apply.ipynb").lines("apply-run")), [
      "Main process is <1>",
      "Worker <2> is going to sleep for 5 second(s)",
      "Worker <2> is waking up",
      "Result is 5",
    ]);
    const seconds = notebook("01-apply.ipynb").seconds("apply-run");
    assert.ok(seconds >= 4.99 && seconds < 8, `took ${seconds} s`);
  });

  test("the main process goes on while the cell waits", () => {
    const line = notebook("01-apply.ipynb").lines("apply-heartbeat").at(-1) ?? "";
    const beats = Number(/counted (\d+) beats/.exec(line)?.[1]);
    assert.ok(beats >= 5, line);
  });

  test("slow sum of [1, 6, 7] is 13", () => {
    assert.deepEqual(withNamedPids(notebook("01-apply.ipynb").lines("apply-sum")), [
      "Worker <1> is going to sleep for 1 second(s)",
      "Worker <1> is waking up",
      "Result is 13",
    ]);
  });
});

describe("02-apply-async.ipynb", () => {
  test("two awaited applies take two seconds", () => {
    const lines = notebook("02-apply-async.ipynb").lines("async-problem");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("Result")),
      ["Result one is 13", "Result two is 5"],
    );
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
    const lines = notebook("02-apply-async.ipynb").lines("async-run");
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

  function secondsPrinted(lines: string[]): number {
    return Number(/^Both took ([\d.]+) s$/.exec(lines.at(-1) ?? "")?.[1]);
  }
});

after(() => executed.clear());
