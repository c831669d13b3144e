import assert from "node:assert/strict";
import { test } from "node:test";
import { formatNotebook } from "#dist/document/format-notebook.js";
import { NotebookFormatError } from "#dist/document/notebook.js";
import { parseNotebook } from "#dist/document/parse-notebook.js";

const sample = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "tslab" }, custom: [1, { deep: true }] },
  cells: [
    {
      cell_type: "markdown",
      id: "text",
      metadata: { tags: ["a"] },
      source: ["# Title\n", "text"],
      attachments: {},
    },
    {
      cell_type: "code",
      id: "code",
      metadata: { collapsed: false },
      source: "1",
      execution_count: 1,
      outputs: [{ output_type: "stream", name: "stdout", text: ["one\n", "two\n"] }],
      unknown: "kept",
    },
  ],
  "x-unknown": "kept",
};

test("parseNotebook() and formatNotebook() keep every field, also unknown ones", () => {
  assert.deepEqual(JSON.parse(formatNotebook(parseNotebook(JSON.stringify(sample)))), sample);
});

test("parseNotebook() gives code cells what older programs leave out", () => {
  const bare = { nbformat: 4, nbformat_minor: 0, cells: [{ cell_type: "code", source: "1" }] };
  const [cell] = parseNotebook(`\uFEFF${JSON.stringify(bare)}`).cells;
  assert.deepEqual(cell, {
    cell_type: "code",
    source: "1",
    metadata: {},
    outputs: [],
    execution_count: null,
  });
});

test("formatNotebook() writes texts as lines, and leaves base64 and JSON alone", () => {
  const notebook = parseNotebook(JSON.stringify(sample));
  const data = {
    "text/plain": "a\nb",
    "image/svg+xml": "<svg>\n</svg>",
    "image/png": "iVBO\nRw",
    "application/json": "x\ny",
  };
  Object.assign(notebook.cells[1] ?? {}, { outputs: [{ output_type: "display_data", data, metadata: {} }] });
  assert.deepEqual(JSON.parse(formatNotebook(notebook)).cells[1].outputs[0].data, {
    ...data,
    "text/plain": ["a\n", "b"],
    "image/svg+xml": ["<svg>\n", "</svg>"],
  });
});

const damaged: [text: string, problem: RegExp][] = [
  ["", /not a notebook: it is empty/],
  ["{", /not a notebook: not JSON/],
  ["<<<<<<< HEAD\n{}\n=======\n[]\n>>>>>>> main\n", /not a notebook: it holds conflicts of a merge/],
  ["version https://git-lfs.github.com/spec/v1\noid sha256:0\n", /it is a pointer of Git LFS/],
  ['{"nbformat": 6, "cells": []}', /expected `nbformat` to be 4, got `6`: it is newer than this program/],
  ['{"nbformat": 1, "cells": []}', /expected `nbformat` to be 4, got `1`: it is older than/],
  ["null", /a notebook is a JSON object/],
  ['{"nbformat": "4"}', /expected `nbformat` to be 4, got `"4"`/],
  ['{"nbformat": 4}', /expected `cells` to be a list/],
  ['{"nbformat": 4, "cells": [], "metadata": []}', /expected `metadata` to be an object/],
  ['{"nbformat": 4, "cells": [7]}', /cell 1: expected an object/],
  ['{"nbformat": 4, "cells": [{"source": ""}]}', /cell 1: expected `cell_type` to be a string/],
  ['{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}', /cell 1: expected `source`/],
  [
    '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": {}}]}',
    /cell 1: expected `outputs`/,
  ],
];

for (const [text, problem] of damaged) {
  test(`parseNotebook() refuses ${text === "" ? "an empty file" : text}`, () => {
    assert.throws(
      () => parseNotebook(text),
      (error) => error instanceof NotebookFormatError && problem.test(error.message),
    );
  });
}

const withNumbers = (text: string) =>
  `{"nbformat": 4, "nbformat_minor": 5, "metadata": ${text}, "cells": [{"cell_type": "code", "id": "a", "metadata": ${text}, "source": [],
    "execution_count": null, "outputs": [{"output_type": "display_data", "data": {"application/json": 1.0, "a/b+json": ${text}}, "metadata": ${text}}]}]}`;

test("formatNotebook() writes numbers that nobody has changed as they were", () => {
  const text = withNumbers('{"big": 9007199254740993, "one": 1.0, "list": [1e5, 2.50, 3]}');
  assert.equal(formatNotebook(parseNotebook(text)).replaceAll(/\s/g, ""), text.replaceAll(/\s/g, ""));
});

test("parseNotebook() refuses a key that stands twice in one object, with its line", () => {
  assert.throws(() => parseNotebook(withNumbers('{\n"a": 1,\n"a": 1.0}')), {
    name: "NotebookFormatError",
    message: 'the key "a" stands twice in one object, line 3',
  });
});

test("parseNotebook() refuses what nests too deep to be written", () => {
  const nested = (levels: number) => withNumbers(`{"a": ${"[".repeat(levels)}1.0${"]".repeat(levels)}}`);
  assert.equal(formatNotebook(parseNotebook(nested(490))).match(/1\.0/g)?.length, 5);
  assert.throws(() => parseNotebook(nested(50_000)), {
    name: "NotebookFormatError",
    message: "nested more than 500 levels deep",
  });
});

test("parseNotebook() says where Python has written what is no JSON", () => {
  for (const word of ["NaN", "Infinity", "-Infinity"]) {
    assert.throws(() => parseNotebook(withNumbers(`{"a": "NaN \\"",\n"b": ${word}}`)), {
      message: `not a notebook: not JSON: line 2 holds ${word}, which Python writes and JSON does not have`,
    });
  }
});
