import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { writeNotebook } from "../../helpers/notebook.js";
import { finished, poolbook, startPoolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test("run exits 0 and saves the executed notebook when every cell is fine", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "fine.ipynb", ["const n = 20;", "console.log(n + 1)"]);
  const before = readFileSync(notebook, "utf8");
  const { code, stdout, stderr } = await poolbook([
    "run",
    notebook,
    "--output-dir",
    path.join(folder, "out"),
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /✓ .*fine\.ipynb {2}2 cells/);
  assert.match(stdout, /1 notebook: 1 passed in .*, written to .*out/);
  assert.equal(readFileSync(notebook, "utf8"), before);
  const executed = JSON.parse(readFileSync(path.join(folder, "out", "fine.ipynb"), "utf8"));
  assert.deepEqual(executed.cells[1].outputs, [{ output_type: "stream", name: "stdout", text: ["21\n"] }]);
  assert.equal(executed.cells[1].execution_count, 2);
});

test("run exits 1 at the first cell that throws, runs no later one, and saves what there is", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "throws.ipynb", [
    "console.log('first')",
    "throw new RangeError('too far')",
    "console.log('never')",
  ]);
  const { code, stdout } = await poolbook(["run", notebook, "--output-dir", path.join(folder, "out")]);
  assert.equal(code, 1);
  assert.match(stdout, /✗ .*throws\.ipynb {2}2 of 3 cells/);
  assert.match(stdout, /cell 2 \(cell-2\): RangeError: too far/);
  const { cells } = JSON.parse(readFileSync(path.join(folder, "out", "throws.ipynb"), "utf8"));
  assert.equal(cells[0].outputs[0].text[0], "first\n");
  assert.equal(cells[1].outputs.at(-1).ename, "RangeError");
  assert.deepEqual(cells[2], { ...cells[2], outputs: [], execution_count: null });
});

test("run exits 1 at a type error and names it", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "types.ipynb", ["const n: number = 'four';"]);
  const { code, stdout } = await poolbook(["run", notebook]);
  assert.equal(code, 1);
  assert.match(stdout, /Type 'string' is not assignable to type 'number'/);
});

const codeCell =
  '{"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": null}';

const unrunnable: [name: string, content: string | undefined, problem: RegExp][] = [
  ["missing.ipynb", undefined, /missing\.ipynb: no such file/],
  ["broken.ipynb", '{"cells": [', /broken\.ipynb: not a notebook: not JSON/],
  ["list.ipynb", "[]", /list\.ipynb: a notebook is a JSON object/],
  [
    "old.ipynb",
    '{"nbformat": 1, "cells": []}',
    /old\.ipynb: expected `nbformat` to be 4, got `1`: it is older/,
  ],
  [
    "nameless.ipynb",
    `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [${codeCell}]}`,
    /nameless\.ipynb: the notebook names neither a kernel .* nor a language/,
  ],
  [
    "unknown.ipynb",
    `{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "nix"}}, "cells": [${codeCell}]}`,
    /unknown\.ipynb: no kernel named "nix" is installed; installed: .*tslab/,
  ],
];

for (const [name, content, problem] of unrunnable) {
  test(`run exits 2 with one line for ${name}, and overwrites nothing`, async (t) => {
    const folder = temporaryFolder(t);
    const output = path.join(folder, "out", name);
    mkdirSync(path.dirname(output));
    writeFileSync(output, "an earlier result");
    if (content !== undefined) {
      writeFileSync(path.join(folder, name), content);
    }
    const { code, stderr } = await poolbook([
      "run",
      path.join(folder, name),
      "--output-dir",
      path.dirname(output),
    ]);
    assert.equal(code, 2);
    assert.match(stderr, problem);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.equal(readFileSync(output, "utf8"), "an earlier result");
  });
}

test("run goes on with the other notebooks when one cannot be run, and still exits 2", async (t) => {
  const folder = temporaryFolder(t);
  writeNotebook(folder, "a-fine.ipynb", ["1"]);
  writeFileSync(path.join(folder, "b-broken.ipynb"), "{");
  writeNotebook(folder, "c-throws.ipynb", ["throw new Error('no')"]);
  const { code, stdout } = await poolbook(["run", folder]);
  assert.equal(code, 2);
  assert.match(stdout, /3 notebooks: 1 passed, 1 failed, 1 not run/);
});

test("run refuses to write two notebooks to one place, or one over its source", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "a"));
  mkdirSync(path.join(folder, "b"));
  const first = writeNotebook(path.join(folder, "a"), "x.ipynb", ["1"]);
  const second = writeNotebook(path.join(folder, "b"), "x.ipynb", ["1"]);
  const same = await poolbook(["run", first, second, "--output-dir", path.join(folder, "out")]);
  assert.equal(same.code, 2);
  assert.match(same.stderr, /would both be written to/);
  const over = await poolbook(["run", first, "--output-dir", path.join(folder, "a")]);
  assert.equal(over.code, 2);
  assert.match(over.stderr, /would be written over/);
  assert.equal(existsSync(path.join(folder, "out")), false);
});

test("run --log-output shows what the cells print", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "prints.ipynb", ["console.log('one'); console.log('two')"]);
  const { stdout } = await poolbook(["run", notebook, "--log-output"]);
  assert.match(stdout, / {4}one\n {4}two\n/);
});

test("run without a notebook, with a wrong option or with an empty folder exits 2", async (t) => {
  const folder = temporaryFolder(t);
  for (const args of [[], [folder], ["x.ipynb", "--nonsense"], ["x.ipynb", "--start-timeout", "soon"]]) {
    const { code, stderr } = await poolbook(["run", ...args]);
    assert.equal(code, 2, `run ${args}`);
    assert.notEqual(stderr, "");
  }
});

test("run finishes and saves when nobody reads what it says any more", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["console.log('one')", "console.log('two')"]);
  const child = startPoolbook(["run", notebook, "--log-output", "-o", path.join(folder, "out.ipynb")]);
  child.stdout?.destroy();
  const { code, stderr } = await finished(child);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(readFileSync(path.join(folder, "out.ipynb"), "utf8"), /two/);
});
