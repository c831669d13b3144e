import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { checkNotebook } from "poolbook/checker";
import { junitReport } from "#dist/cli/reporters/check-junit.js";
import { kernels } from "../helpers/notebook.js";
import { stdout } from "../helpers/notebook-value.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { type StoredCell, writeStored } from "../helpers/stored-notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test("checkNotebook() resolves with what differs, cell by cell, and changes nothing", async (t) => {
  const file = writeStored(temporaryFolder(t), "a.ipynb", [
    { source: "console.log(1.5)", outputs: [stdout("1.5\n")] },
    { source: "console.log(2.5)", outputs: [stdout("2\n")] },
  ]);
  const before = readFileSync(file);
  const { status, path: checked, cells, updated } = await checkNotebook(file);
  assert.deepEqual([status, checked, updated], ["different", file, []]);
  assert.deepEqual(
    cells.map((cell) => [cell.number, cell.status, cell.differences.map(({ part }) => part)]),
    [
      [1, "equal", []],
      [2, "different", ["stdout"]],
    ],
  );
  assert.ok(readFileSync(file).equals(before));
});

test("checkNotebook() goes by its settings, and refuses those it does not know before anything is run", async (t) => {
  const file = writeStored(temporaryFolder(t), "a.ipynb", [
    { source: "console.log(2.5)", outputs: [stdout("2\n")] },
  ]);
  assert.equal((await checkNotebook(file, { settings: { atol: 1 } })).status, "equal");
  const { status, problem, attempts } = await checkNotebook(file, { settings: { atol: -1 } });
  assert.deepEqual([status, attempts], ["could-not-run", 0]);
  assert.equal(problem, "settings: expected `atol` to be a number of at least 0, got `-1`");
});

test("checkNotebook() finds no fault with cells behind the end that a notebook makes itself, where they never ran", async (t) => {
  await usePythonEnvironment();
  const write = (last: StoredCell) =>
    writeStored(
      temporaryFolder(t),
      "a.ipynb",
      [
        { source: "n = 1\nprint('one')", outputs: [stdout("one\n")], tags: ["parameters"] },
        { source: "import sys; sys.exit()" },
        last,
      ],
      { kernelspec: kernels.python3 },
    );
  const file = write({ source: "print(3)" });
  assert.equal((await checkNotebook(file, { update: true })).status, "equal");
  for (const parameters of [undefined, { n: 2n }]) {
    const { status, cells, ...others } = await checkNotebook(file, { parameters });
    assert.deepEqual([status, cells.at(-1)?.status], ["equal", "not-run"], JSON.stringify(cells));
    assert.doesNotMatch(junitReport([{ status, cells, ...others }], new Date()), /<error/);
  }
  const ran = await checkNotebook(write({ source: "print(3)", outputs: [stdout("3\n")] }));
  assert.equal(ran.status, "different");
});

test("checkNotebook() of a file that is not there says so, and does not reject", async (t) => {
  const file = path.join(temporaryFolder(t), "nowhere.ipynb");
  const { status, problem } = await checkNotebook(file);
  assert.deepEqual([status, problem], ["could-not-run", "no such file"]);
});
