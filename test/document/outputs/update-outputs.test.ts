import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { compareNotebooks } from "#dist/document/comparison/compare-notebooks.js";
import { parseJson } from "#dist/document/json/exact-json.js";
import { type CodeCell, isCodeCell, type MimeBundle, type Notebook } from "#dist/document/notebook.js";
import { readNotebookSource } from "#dist/document/notebook-source.js";
import { updateOutputs } from "#dist/document/outputs/update-outputs.js";
import { arbitraryNotebook } from "../../helpers/arbitrary-notebook.js";
import { notebookOf, result, stdout } from "../../helpers/notebook-value.js";

function update(text: string, updates: Map<number, CodeCell>): string {
  return updateOutputs(readNotebookSource(Buffer.from(text)), updates);
}

function codeCells(notebook: Notebook): Map<number, CodeCell> {
  return new Map(
    [...notebook.cells.entries()].filter((entry): entry is [number, CodeCell] => isCodeCell(entry[1])),
  );
}

const fresh = notebookOf([[stdout("a\nb\n"), result({ "text/plain": "4" })]], { execution_count: 7 });
const freshCell = codeCells(fresh);

test("updateOutputs() writes the numbers of outputs as their kernel has", () => {
  const shown = parseJson('{"application/json": {"one": 1.0, "list": [9007199254740993]}}') as MimeBundle;
  const updated = update(JSON.stringify(notebookOf([[]])), codeCells(notebookOf([[result(shown)]])));
  assert.ok(updated.includes('{"list":[9007199254740993],"one":1.0}'), updated);
});

describe("updateOutputs() writes the outputs the way the file is written", () => {
  test("indented by one space, as Jupyter does", () => {
    const text = JSON.stringify(notebookOf([[]], { execution_count: null }), null, 1);
    const updated = update(text, freshCell);
    assert.equal(
      updated,
      text.replace('"execution_count": null', '"execution_count": 7').replace(
        '"outputs": []',
        `"outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "a\\n",
      "b\\n"
     ]
    },
    {
     "data": {
      "text/plain": [
       "4"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    }
   ]`,
      ),
    );
  });

  const styles: [name: string, write: (notebook: Notebook) => string][] = [
    ["four spaces", (notebook) => `${JSON.stringify(notebook, null, 4)}\n`],
    ["tabs", (notebook) => JSON.stringify(notebook, null, "\t")],
    ["one line", (notebook) => JSON.stringify(notebook)],
    ["Windows' line ends", (notebook) => JSON.stringify(notebook, null, 1).replaceAll("\n", "\r\n")],
    ["a byte order mark", (notebook) => `\uFEFF${JSON.stringify(notebook, null, 2)}\n\n`],
  ];
  for (const [name, write] of styles) {
    test(name, () => {
      const before = notebookOf([[]]);
      const [cell] = JSON.parse(update(write(before), freshCell).replace("\uFEFF", "")).cells;
      const after = { ...before, cells: [{ ...before.cells[0], outputs: cell.outputs, execution_count: 7 }] };
      // Key order is the notebook's own, but within outputs, where it is Jupyter's.
      assert.equal(update(write(before), freshCell), write(after as Notebook));
    });
  }

  test("outputs that are not there are added", () => {
    const text =
      '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "source": "1"}]}';
    assert.equal(
      update(text, codeCells(notebookOf([[]]))),
      text.replace('"source": "1"', '"source": "1", "execution_count": 1, "outputs": []'),
    );
  });
});

test("after an update nothing differs, and what was not updated is the same byte for byte", () => {
  fc.assert(
    fc.property(
      arbitraryNotebook,
      fc.infiniteStream(arbitraryNotebook),
      fc.constantFrom(undefined, 1, 2, "\t"),
      (stored, others, indent) => {
        const text = JSON.stringify(stored, null, indent);
        const outputs = others.next().value.cells.filter(isCodeCell);
        const executed: Notebook = {
          ...stored,
          cells: stored.cells.map((cell, index) => ({
            ...cell,
            ...(isCodeCell(cell) && { outputs: outputs[index]?.outputs ?? [] }),
          })),
        };
        const updated = update(text, codeCells(executed));
        assert.deepEqual(compareNotebooks(readNotebookSource(Buffer.from(updated)).notebook, executed), []);
        assert.equal(update(updated, codeCells(executed)), updated);
        assert.deepEqual(withoutOutputs(JSON.parse(updated)), withoutOutputs(stored));
      },
    ),
    { numRuns: 200 },
  );
});

test("parsing loses no field it does not know", () => {
  fc.assert(
    fc.property(arbitraryNotebook, (notebook) => {
      const text = JSON.stringify(notebook);
      assert.deepEqual(readNotebookSource(Buffer.from(text)).notebook, JSON.parse(text));
    }),
  );
});

function withoutOutputs(notebook: Notebook): unknown {
  const cells = notebook.cells.map(({ outputs, execution_count, ...cell }) => cell);
  return JSON.parse(JSON.stringify({ ...notebook, cells }));
}
