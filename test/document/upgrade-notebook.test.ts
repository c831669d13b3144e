import assert from "node:assert/strict";
import { test } from "node:test";
import { formatNotebook } from "#dist/document/format-notebook.js";
import { parseNotebook } from "#dist/document/parse-notebook.js";

const cells = [
  { cell_type: "heading", level: 2, source: ["One\n", "line"] },
  { cell_type: "markdown", source: "text" },
  {
    cell_type: "code",
    language: "python",
    collapsed: true,
    input: ["1 + 1"],
    prompt_number: 4,
    metadata: { tags: ["kept"] },
    outputs: [
      { output_type: "stream", stream: "stderr", text: "careful\n" },
      { output_type: "pyout", prompt_number: 4, text: "2", html: "<b>2</b>", metadata: {} },
      { output_type: "display_data", png: "AAAA", json: '{"a": 1}', metadata: { png: { width: 1 } } },
      { output_type: "pyerr", ename: "E", evalue: "v", traceback: ["t"] },
    ],
  },
];

for (const nbformat of [2, 3]) {
  test(`parseNotebook() upgrades nbformat ${nbformat}, as Jupyter does`, () => {
    const old = {
      nbformat,
      nbformat_minor: 0,
      metadata: { name: "n" },
      worksheets: [{ cells }, { cells: [] }],
    };
    const { metadata, nbformat: version, cells: upgraded } = parseNotebook(JSON.stringify(old));
    assert.equal(version, 4);
    assert.deepEqual(metadata, { language_info: { name: "python" }, orig_nbformat: nbformat });
    assert.deepEqual(upgraded, [
      { cell_type: "markdown", metadata: {}, source: "## One line" },
      { cell_type: "markdown", metadata: {}, source: "text" },
      {
        cell_type: "code",
        execution_count: 4,
        metadata: { tags: ["kept"], collapsed: true },
        outputs: [
          { output_type: "stream", name: "stderr", text: "careful\n" },
          {
            output_type: "execute_result",
            execution_count: 4,
            data: { "text/plain": "2", "text/html": "<b>2</b>" },
            metadata: {},
          },
          {
            output_type: "display_data",
            data: { "image/png": "AAAA", "application/json": { a: 1 } },
            metadata: { "image/png": { width: 1 } },
          },
          { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
        ],
        source: ["1 + 1"],
      },
    ]);
  });
}

test("parseNotebook() upgrades an old notebook of several languages without choosing one", () => {
  const codes = ["python", "r"].map((language) => ({ cell_type: "code", language, input: "1", outputs: [] }));
  const { metadata } = parseNotebook(JSON.stringify({ nbformat: 3, worksheets: [{ cells: codes }] }));
  assert.deepEqual(metadata, { orig_nbformat: 3 });
});

const upgraded =
  (cell: object, first: object = {}) =>
  () =>
    parseNotebook(JSON.stringify({ nbformat: 3, metadata: {}, worksheets: [{ cells: [first, cell] }] }));

test("parseNotebook() says which cell of an old notebook cannot be upgraded", () => {
  const output = { output_type: "display_data", json: "{oops" };
  const [first] = cells;
  assert.throws(upgraded({ cell_type: "code", outputs: [output] }), {
    name: "NotebookFormatError",
    message: "cell 2, output 1: its `json` is not JSON",
  });
  for (const worksheets of [5, [5], [{ cells: { a: 1 } }]]) {
    assert.throws(() => parseNotebook(JSON.stringify({ nbformat: 3, worksheets })), {
      name: "NotebookFormatError",
      message: "expected `worksheets` to be a list of objects with a list of `cells`",
    });
  }
  for (const others of [{}, { worksheets: [] }]) {
    assert.throws(() => parseNotebook(JSON.stringify({ nbformat: 3, cells: [first], ...others })), {
      name: "NotebookFormatError",
      message:
        "expected `worksheets`, as in nbformat 3, but found `cells`, as in nbformat 4: set `nbformat` to what it is",
    });
  }
  for (const level of [-1, 0, 1.5, "x", 1e9, null]) {
    assert.throws(upgraded({ cell_type: "heading", level }), {
      name: "NotebookFormatError",
      message: `cell 2: expected \`level\` to be an integer from 1 to 100, got \`${JSON.stringify(level)}\``,
    });
  }
});

test("parseNotebook() keeps JSON of an old notebook that is a value already", () => {
  const output = { output_type: "display_data", json: { a: [1] } };
  const { cells } = upgraded(
    { cell_type: "code", outputs: [output], input: "" },
    { cell_type: "raw", source: "" },
  )();
  assert.deepEqual(cells[1]?.outputs, [
    { output_type: "display_data", data: { "application/json": { a: [1] } }, metadata: {} },
  ]);
});

test("parseNotebook() keeps the numbers of an old notebook as they are", () => {
  const output = `{"output_type": "display_data", "json": ["{\\"a\\": 1.0}"], "metadata": {"w": 2.0}}`;
  const text = `{"nbformat": 3, "metadata": {"m": 3.0}, "worksheets": [{"cells": [{"cell_type": "code", "metadata": {"n": 4.0}, "outputs": [${output}]}]}]}`;
  const written = formatNotebook(parseNotebook(text));
  for (const member of ['"a": 1.0', '"w": 2.0', '"m": 3.0', '"n": 4.0']) {
    assert.ok(written.includes(member), member);
  }
});
