import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("05-queue.ipynb");

test("two maps share one queue, first in, first out", () => {
  assert.deepEqual(notebook.lines("queue-async"), [
    "Doubles sum to 420, squares to 2870",
    `Order in the queue: ${[...Array(4).fill("double"), ...Array(4).fill("square")].join(", ")}`,
  ]);
});

test("the records tell how far a map is", () => {
  assert.match(notebook.text("queue-records").trim(), /10 of 10 chunks are done$/);
});

test("imap keeps the order, imapUnordered gives what is there", () => {
  assert.deepEqual(notebook.lines("queue-unordered"), [
    ...["1", "0.1", "0.5"].map((seconds) => `in order: ${seconds}`),
    ...["0.1", "0.5", "1"].map((seconds) => `as they come: ${seconds}`),
  ]);
});

test("a running task reports itself, before its result", () => {
  const meal = (dish: string) => [
    ...["wash", "cut", "fry"].map((step) => `${dish}: ${step}`),
    `${dish} is ready`,
  ];
  const lines = notebook.lines("queue-tasks");
  for (const dish of ["carrots", "leeks"]) {
    assert.deepEqual(
      lines.filter((line) => line.startsWith(dish)),
      meal(dish),
    );
  }
});

test("an endless input is read only a little ahead", () => {
  const lines = notebook.lines("queue-pressure");
  assert.deepEqual(
    lines,
    [2, 4, 6, 8, 10].map((x) => `${x} has arrived. Is the reading more than 4 items ahead? false`),
  );
});
