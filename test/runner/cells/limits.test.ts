import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { type RunOptions, runNotebook } from "poolbook/runner";
import { executionRules } from "#dist/document/execution-rules.js";
import { kernels, writeNotebook } from "../../helpers/notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const briefly = "await new Promise((resolve) => setTimeout(resolve, 1500));";
const days = 24 * 60 * 60;

async function run(t: TestContext, execution: object, options: RunOptions) {
  const metadata = { kernelspec: kernels.tslab, execution };
  return await runNotebook(writeNotebook(temporaryFolder(t), "n.ipynb", [briefly], metadata), options);
}

test("limits that are longer than a timer takes do not end a cell, a notebook or a start at once", async (t) => {
  const warnings: string[] = [];
  const notice = ({ name }: Error): unknown => warnings.push(name);
  process.on("warning", notice);
  t.after(() => process.off("warning", notice));
  const outputPath = path.join(temporaryFolder(t), "out.ipynb");
  const long = {
    cellTimeout: 30 * days,
    notebookTimeout: 40 * days,
    startTimeout: 50 * days,
    autosave: 60 * days,
  };
  assert.equal((await run(t, {}, { ...long, outputPath })).status, "ok");
  assert.equal((await run(t, { timeout: 400 * days }, {})).status, "ok");
  assert.deepEqual(warnings, []);
});

test("a notebook says by 0, -1 or null that its cells have no limit, whatever the limit of others is", async (t) => {
  assert.equal((await run(t, { timeout: 0 }, { defaultCellTimeout: 1 })).status, "ok");
  assert.equal((await run(t, {}, { defaultCellTimeout: 1 })).cells[0]?.status, "timed-out");
  const limitOf = (timeout: unknown) =>
    executionRules({ nbformat: 4, nbformat_minor: 5, metadata: { execution: { timeout } }, cells: [] })
      .timeout;
  assert.deepEqual([-1, null, 5, undefined, "5"].map(limitOf), [Infinity, Infinity, 5, undefined, undefined]);
});

test("code that is run behind a cell has the cell's limit, too", async (t) => {
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["1", "2"]);
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  notebook.cells[0].metadata.nbmake = { post_cell_execute: ["for (;;) {}"] };
  writeFileSync(file, JSON.stringify(notebook));
  const { cells } = await runNotebook(file, { cellTimeout: 1 });
  assert.deepEqual(
    cells.map(({ status }) => status),
    ["timed-out", "not-run"],
  );
});

test("a cell that prints more than a notebook holds is stopped and has failed, whatever it is expected to raise", async (t) => {
  const endless = {
    source: "for (;;) process.stdout.write('x'.repeat(2 ** 24));",
    tags: ["raises-exception"],
  };
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", [endless, "2"]);
  const { cells, status } = await runNotebook(file);
  assert.deepEqual([status, ...cells.map((cell) => cell.status)], ["failed", "failed", "not-run"]);
  assert.match(cells[0]?.error?.evalue ?? "", /prints more than 256 MiB/);
});

test("a cell that shows data which nest deeper than a notebook holds has failed, and the rest is saved", async (t) => {
  const deep = `
    let json: object = {};
    for (let level = 0; level < 600; level++) json = { json };
    console.log("shown before");
    ({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": json }) })`;
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ['console.log("first")', deep, "3"]);
  const { cells } = await runNotebook(file, { outputPath: file });
  assert.deepEqual(
    cells.map(({ status, error }) => error?.ename ?? status),
    ["ok", "OutputLimitError", "not-run"],
  );
  assert.match(readFileSync(file, "utf8"), /"first[\s\S]*shown before/);
});
