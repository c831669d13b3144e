import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { runNotebook } from "poolbook/runner";
import { executed, notebooks } from "../helpers/executed-notebook.js";

const notebook = executed("04-exercise.ipynb");

test("the parameters are five workers and five tasks", () => {
  assert.deepEqual(notebook.lines("exercise-checked"), ["5 calls for a pool of 5"]);
});

test("the finishing orders for 1 to 5 workers, ties in either order", () => {
  const wanted = [
    { seconds: 15, order: [[0], [1], [2], [3], [4]] },
    { seconds: 8, order: [[1], [0, 2], [4], [3]] },
    { seconds: 6, order: [[2], [1], [0], [3, 4]] },
    { seconds: 5, order: [[2], [1], [0], [3, 4]] },
    { seconds: 5, order: [[2], [1], [0], [4], [3]] },
  ];
  const rows = notebook.lines("exercise-compare").slice(1);
  assert.equal(rows.length, wanted.length);
  wanted.forEach(({ seconds, order }, index) => {
    const found = /^(\d) +- +(\d+) s +([\d, ]+)$/.exec(rows[index] ?? "");
    assert.ok(found, rows[index]);
    assert.equal(Number(found[1]), index + 1);
    const measured = Number(found[2]);
    assert.ok(measured >= seconds && measured <= seconds + 2, `${rows[index]}: expected ${seconds} s`);
    const tasks = (found[3] ?? "").split(", ").map(Number);
    const grouped = order.map((group) => tasks.splice(0, group.length).sort());
    assert.deepEqual(grouped, order);
  });
});

test("with two workers, each free one takes the next call", () => {
  const rows = notebook
    .text("rule-two")
    .split("\n")
    .filter((row) => row.startsWith("worker"));
  const lists = rows.map((row) => row.replace(/^worker \d: tasks? /, "")).sort();
  assert.ok(["0, 3 | 1, 2, 4", "0, 4 | 1, 2, 3"].includes(lists.join(" | ")), lists.join(" | "));
});

test("with three workers, the worker that is free first takes task 3", () => {
  const rows = notebook
    .text("rule-three")
    .split("\n")
    .filter((row) => row.startsWith("worker"));
  const lists = rows.map((row) => row.replace(/^worker \d: tasks? /, "")).sort();
  assert.deepEqual(lists, ["0", "1, 4", "2, 3"]);
});

test("the table says what the picture shows", () => {
  const table = notebook.text("exercise-table");
  assert.equal(table.trim(), notebook.text("exercise-picture").trim());
  assert.equal(table.split("\n").filter((row) => /^worker \d: task \d$/.test(row)).length, 5);
});

test("the pictures show the pools of five, two and three workers", () => {
  for (const [id, workers] of Object.entries({ "exercise-picture": 5, "rule-two": 2, "rule-three": 3 })) {
    assert.match(notebook.picture(id), new RegExp(`<title>5 tasks on ${workers} workers in `));
  }
});

test("the parameters can be set from outside, and wrong ones are refused", async () => {
  const wrong = { workers: { workers: 51, tasks: 5 }, tasks: { workers: 2, tasks: 0 } };
  for (const [name, parameters] of Object.entries(wrong)) {
    const { cells, status } = await runNotebook(path.join(notebooks, "04-exercise.ipynb"), { parameters });
    assert.equal(status, "failed");
    const failed = cells.find((cell) => cell.status === "failed");
    assert.equal(failed?.id, "exercise-checked");
    assert.match(JSON.stringify(failed), new RegExp(`Expected ${name} to be a whole number from 1 to 50`));
  }
});
