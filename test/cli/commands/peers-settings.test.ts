import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { kernels, writeNotebook } from "../../helpers/notebook.js";
import { stdout } from "../../helpers/notebook-value.js";
import { finished, poolbook, startPoolbook } from "../../helpers/poolbook.js";
import { usePythonEnvironment } from "../../helpers/python-environment.js";
import { readStored, writeStored } from "../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

before(usePythonEnvironment);

function cellOf(source: string, nbmake: object): object {
  return {
    cell_type: "code",
    id: source.slice(0, 3),
    metadata: { nbmake },
    source,
    outputs: [],
    execution_count: null,
  };
}

test("nbmake's mock and post_cell_execute are run behind their cell, and must go well", async (t) => {
  const folder = temporaryFolder(t);
  const write = (cells: object[]): string => {
    const file = path.join(folder, "n.ipynb");
    const metadata = { kernelspec: kernels.python3 };
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
    return file;
  };
  const mock = { epochs: 1, name: 'say "hi"', on: true, none: null, many: [1, { a: false }] };
  const out = path.join(folder, "out.ipynb");
  const good = write([
    cellOf("epochs = 1000", { mock, post_cell_execute: ["epochs += 1", "print('unseen')"] }),
    cellOf("print(epochs, name, on, none, many)", {}),
  ]);
  assert.equal((await poolbook(["run", good, "-o", out])).code, 0);
  const [first, second] = readStored(out).cells;
  assert.deepEqual(first?.outputs, []);
  assert.equal(second?.execution_count, 2);
  assert.deepEqual(second?.outputs, [
    { ...stdout(""), text: ["2 say \"hi\" True None [1, {'a': False}]\n"] },
  ]);

  const bad = await poolbook(["run", write([cellOf("x = 1", { post_cell_execute: ["assert x == 2"] })])]);
  assert.equal(bad.code, 1);
  assert.match(bad.stdout, /AssertionError/);

  const strange = await poolbook(["check", write([cellOf("x = 1", { expect: 1 })])]);
  assert.match(strange.stdout, /ignored: nbmake\.expect of code cell 1/);
});

test("run --nbmake-find-import-errors says that it is ignored, and runs all cells", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["throw new Error('reached')"]);
  const { code, stdout, stderr } = await poolbook(["run", "--nbmake-find-import-errors", notebook]);
  assert.equal(code, 1);
  assert.match(stderr, /^--nbmake-find-import-errors is ignored: all cells are run/);
  assert.match(stdout, /reached/);
});

const sanitizers =
  "[dates]\nregex: (?P<day>\\d+)\\.(\\d+)\nreplace: \\g<day>.$\n\n[words]\nregex = careful\nreplace = calm\n";

test("--nbval-sanitize-with reads nbval's file, and says what is wrong with one", async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, "sanitize.cfg");
  writeFileSync(file, sanitizers);
  const cells = [{ source: "console.log('7.12 careful')", outputs: [stdout("7.99 calm\n")] }];
  const notebook = writeStored(folder, "n.ipynb", cells);
  assert.equal((await poolbook(["check", notebook])).code, 1);
  assert.equal((await poolbook(["check", notebook, "--nbval-sanitize-with", file])).code, 0);
  writeFileSync(file, "[one]\nregex: (\nreplace: x\n");
  const wrong = await poolbook(["check", notebook, "--nbval-sanitize-with", file]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /sanitize\.cfg: Invalid regular expression/);
});

test("format --strip-outputs takes outputs away and keeps every other byte, also as a filter", async (t) => {
  const folder = temporaryFolder(t);
  const cells = [{ source: "1", outputs: [stdout("2\n")], tags: ["kept"] }, { source: "3" }];
  const notebook = writeStored(folder, "n.ipynb", cells, { title: "kept" });
  const before = readFileSync(notebook, "utf8");
  const filter = startPoolbook(["format", "--strip-outputs", "-"], {}, "pipe");
  filter.stdin?.end(before);
  const { code, stdout: stripped } = await finished(filter);
  assert.equal(code, 0);
  assert.deepEqual(
    JSON.parse(stripped).cells.map(({ outputs, execution_count }: Record<string, unknown>) => [
      outputs,
      execution_count,
    ]),
    [
      [[], null],
      [[], null],
    ],
  );
  assert.equal((await poolbook(["format", "--strip-outputs", notebook])).code, 0);
  assert.equal(readFileSync(notebook, "utf8"), stripped);
  assert.equal((await poolbook(["format", "--strip-outputs", notebook])).code, 0);
  assert.equal(readFileSync(notebook, "utf8"), stripped);
});

test("check --summary adds a table in Markdown, those first that something is to be done about", async (t) => {
  const folder = temporaryFolder(t);
  writeStored(folder, "a.ipynb", [{ source: "console.log(1)", outputs: [stdout("1\n")] }]);
  writeStored(folder, "b.ipynb", [{ source: "console.log(1)", outputs: [stdout("2\n")] }]);
  const summary = path.join(folder, "summary.md");
  writeFileSync(summary, "before\n");
  assert.equal((await poolbook(["check", folder, "--summary", summary])).code, 1);
  assert.match(
    readFileSync(summary, "utf8"),
    /^before\n## poolbook check: 1 of 2 fine\n\n.*\n.*\n\| .*b\.ipynb \| different \| cell 1 \(cell-1\): stdout differs \| .*\n\| .*a\.ipynb \| equal \|/,
  );
});
