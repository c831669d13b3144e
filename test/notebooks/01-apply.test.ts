import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { executed, notebooks } from "../helpers/executed-notebook.js";
import { withNamedPids } from "../helpers/named-pids.js";

const notebook = executed("01-apply.ipynb");

test("a slow function runs in another process, and its result comes back", () => {
  assert.deepEqual(withNamedPids(notebook.lines("apply-run")), [
    "Main process is <1>",
    "Worker <2> is going to sleep for 5 second(s)",
    "Worker <2> is waking up",
    "Result is 5",
  ]);
  const seconds = notebook.seconds("apply-run");
  assert.ok(seconds >= 4.99 && seconds < 8, `took ${seconds} s`);
});

test("apply holds up the cell as long as the function takes", () => {
  const lines = notebook.lines("apply-holds");
  const seconds = (what: string) =>
    Number(lines.find((line) => line.endsWith(what))?.match(/^([\d.]+) s: /)?.[1]);
  assert.ok(seconds("the line before apply") < 0.5, lines.join("\n"));
  assert.ok(seconds("the line behind apply") >= 2, lines.join("\n"));
});

test("a single argument goes in a list, and a bare one is refused before it is sent", () => {
  const lines = notebook.lines("apply-single");
  assert.equal(lines.filter((line) => line.includes("going to sleep")).length, 1);
  assert.deepEqual(lines.slice(-2), [
    "In a list: 1",
    "Without: TypeError: Expected `args` to be an array, even for one argument, got `1`",
  ]);
});

test("the main process goes on while the cell waits", () => {
  const line = notebook.lines("apply-heartbeat").at(-1) ?? "";
  const beats = Number(/counted (\d+) beats/.exec(line)?.[1]);
  assert.ok(beats >= 5, line);
});

test("slow sum of [1, 6, 7] is 13", () => {
  assert.deepEqual(withNamedPids(notebook.lines("apply-sum")), [
    "Worker <1> is going to sleep for 1 second(s)",
    "Worker <1> is waking up",
    "Result is 13",
  ]);
});

test("the type checker refuses the mistakes with the words of the table, before anything runs", () => {
  const mistakes = mistakesInTable();
  assert.equal(mistakes.length, 3);
  const said = stripVTControlCharacters(notebook.error("apply-mistakes-try").traceback.join("\n"));
  const source = sourceOf("apply-mistakes-try").split("\n");
  for (const { line, message } of mistakes) {
    const number = source.findIndex((each) => each.includes(`${line};`)) + 1;
    const [, own = ""] = said.split(new RegExp(`^cell\\[9\\]\\.ts:${number}:`, "m"));
    assert.ok(own.split("\ncell[")[0]?.includes(message), `${line}:\n${said}`);
  }
  assert.deepEqual(notebook.lines("apply-mistakes-try"), []);
});

function mistakesInTable(): { line: string; message: string }[] {
  return sourceOf("apply-mistakes-answer")
    .split("\n")
    .map((row) => row.split(" | "))
    .filter((columns) => columns[0]?.startsWith("| `"))
    .map(([line = "", , message = ""]) => ({
      line: line.slice("| `".length, -1),
      message: message.slice(0, -" |".length),
    }));
}

function sourceOf(id: string): string {
  const { cells } = JSON.parse(readFileSync(path.join(notebooks, "01-apply.ipynb"), "utf8"));
  const cell = cells.find((cell: { id: string }) => cell.id === id);
  assert.ok(cell, `There is no cell "${id}"`);
  return cell.source.join("");
}
