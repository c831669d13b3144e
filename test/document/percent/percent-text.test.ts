import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatNotebook } from "#dist/document/format-notebook.js";
import { type Cell, joinLines, type Notebook } from "#dist/document/notebook.js";
import { parseNotebook } from "#dist/document/parse-notebook.js";
import { parsePercent, percentText } from "#dist/document/percent/percent-text.js";

const line = fc.constantFrom(
  "",
  " ",
  "const a = 1;",
  "// %% x",
  "// \\%% y",
  "%% z",
  "# Title",
  "//",
  "// ---",
  "\ttext",
  "\\",
  "é😍",
  "# %% x",
  "#%%",
  "//%%",
  "    # %%%% x",
  "# \\%%time",
  "# %%bash",
  "%%bash",
  "%matplotlib inline # noescape",
  "  %time x",
  "    x = !ls \\",
  "# copy the data",
  "ls",
  "what?",
  "#!/usr/bin/env python",
  "'''",
  'x = """ # it\'s',
  "one\rtwo",
  "one\u2028two\u2029# three",
  "one\r// two\r",
  "\r",
  "\uFEFF",
);
const source = fc.array(line, { maxLength: 6 }).map((lines) => lines.join("\n"));
const metadata = fc.dictionary(
  fc.constantFrom(
    "tags",
    "a b",
    "x.y",
    'q"u',
    "id",
    "language",
    "magic_args",
    "attachments",
    "cell_type",
    "a\u2028b",
    "title",
  ),
  fc.oneof(
    fc.boolean(),
    fc.string(),
    fc.array(fc.constantFrom("a", "b = c", "=")),
    fc.constant({ deep: { a: [1, null], "\u2028": "\u2029\r" } }),
  ),
);
const cell = fc.record({ cell_type: fc.constantFrom("code", "markdown", "raw"), metadata, source });
const notebook = fc
  .record({
    cells: fc.array(cell, { maxLength: 5 }),
    hasIds: fc.boolean(),
    metadata: fc.oneof(
      fc.dictionary(fc.constantFrom("kernelspec", "title", "x\u2028"), fc.jsonValue()),
      fc.constant({ jupytext: { text_representation: { format_name: "percent" } } }),
    ),
  })
  .map(
    ({ cells, hasIds, metadata }): Notebook => ({
      cells: cells.map((each, index) => ({ ...each, ...(hasIds && { id: `id-${index}` }) })),
      metadata,
      nbformat: 4,
      nbformat_minor: hasIds && cells.length > 0 ? 5 : 4,
    }),
  );

const plain = ({ cells, ...others }: Notebook) => {
  const kept = cells.map(({ outputs, execution_count, source, ...cell }: Cell) => ({
    ...cell,
    source: joinLines(source),
  }));
  return JSON.parse(JSON.stringify({ ...others, cells: kept }));
};

for (const leader of ["//", "#"]) {
  test(`a notebook in percent format with ${leader} comes back with all but its outputs`, () => {
    fc.assert(
      fc.property(notebook, (each) => {
        assert.deepEqual(plain(parsePercent(percentText(each, leader), leader)), plain(each));
      }),
      { numRuns: 500 },
    );
  });
}

test("a source file as VS Code and jupytext write it becomes a notebook", () => {
  const text =
    "import a from 'a';\n// %% [markdown]\n// # Title\n//\n// text\n\n// %% Loading\nconst a = 1;\n\n// %% tags=[\"parameters\"]\nlet n = 2;\n";
  const { cells, nbformat_minor } = parsePercent(text, "//");
  assert.equal(nbformat_minor, 4);
  assert.deepEqual(
    cells.map(({ cell_type, source, metadata }) => [cell_type, joinLines(source), metadata]),
    [
      ["code", "import a from 'a';", {}],
      ["markdown", "# Title\n\ntext", {}],
      ["code", "const a = 1;", { title: "Loading" }],
      ["code", "let n = 2;", { tags: ["parameters"] }],
    ],
  );
});

test("numbers are as they were when the source file has become a notebook again", () => {
  const numbers = '{"a":1.0,"b":[9007199254740993,2,1e5],"c":{"d":-0.0}}';
  const cell = `{"cell_type": "markdown", "metadata": {"x": ${numbers}, "y": 2.50}, "source": []}`;
  const text = `{"nbformat": 4, "nbformat_minor": 4, "metadata": {"x": ${numbers}}, "cells": [${cell}]}`;
  const back = formatNotebook(parsePercent(percentText(parseNotebook(text), "#"), "#")).replaceAll(/\s/g, "");
  assert.equal(back.split(numbers).length, 3, back);
  assert.ok(back.includes('"y":2.50'), back);
});

const codeOf = (text: string, leader = "#") =>
  parsePercent(text, leader).cells.map(({ source }) => joinLines(source));

test("cells begin where VS Code, Spyder and jupytext begin them, and not at a magic in a comment", () => {
  const text =
    "#%%\n1\n\n#%% Title\n2\n\n# %%%% Below\n3\n\n    # %%\n    4\n\n# %%[markdown]\n# 5\n\n# %%\n# %%bash\n6\n";
  assert.deepEqual(codeOf(text), ["1", "2", "3", "    4", "5", "# %%bash\n6"]);
  assert.deepEqual(
    parsePercent(text, "#").cells.map(({ metadata }) => metadata),
    [{}, { title: "Title" }, { title: "Below", cell_depth: 2 }, {}, {}, {}],
  );
  assert.deepEqual(codeOf("//%%\n1\n\n//%% [Loading] x\n2\n", "//"), ["1", "2"]);
});

const ofJupytext =
  "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: percent\n# ---\n\n";

test("magics that jupytext has made comments are magics again, and its comments are comments", () => {
  const cell =
    "# %%\n# %matplotlib inline\n# !ls \\\n#   b\n# x = !ls\n# # %foo\nos # %foo\n'''\n# %bar\n'''\n";
  const code = "%matplotlib inline\n!ls \\\n  b\nx = !ls\n# %foo\nos # %foo\n'''\n# %bar\n'''";
  assert.deepEqual(codeOf(`${ofJupytext}${cell}`), [code]);
  assert.ok(percentText(parsePercent(`${ofJupytext}${cell}`, "#"), "#").endsWith(cell));
  assert.deepEqual(codeOf(cell), [cell.slice(5).trimEnd()]);
});

test("a cell that jupytext says is in another language has its magic", () => {
  assert.deepEqual(codeOf(`${ofJupytext}# %% language="bash" magic_args="-x"\n# echo hi\n#\n# ls\n`), [
    "%%bash -x\necho hi\n\nls",
  ]);
});

test("a text in a string of Python is a text", () => {
  assert.deepEqual(codeOf('# %% [markdown]\n"""\n# Title\n\ntext\n"""\n\n# %%\n1\n'), [
    "# Title\n\ntext",
    "1",
  ]);
});

test("a head that is not the metadata of a notebook is kept: as code, or as the front matter it is", () => {
  assert.deepEqual(codeOf("# ---\n# About: this: file\n# ---\n  1\n"), [
    "# ---\n# About: this: file\n# ---\n  1",
  ]);
  assert.deepEqual(codeOf("# ---\n# About\n# ---\n\n# %%\n1\n"), ["# ---\n# About\n# ---", "1"]);
  assert.deepEqual(codeOf("# ---\n# title: x\n# ---\n\n# %%\n1\n"), ["---\ntitle: x\n---", "1"]);
  const both = parsePercent("\uFEFF# ---\n# title: x\n# jupyter:\n#   a: 1\n# ---\n", "#");
  assert.deepEqual(
    [both.metadata, both.cells.map(({ source }) => joinLines(source))],
    [{ a: 1 }, ["---\ntitle: x\n---"]],
  );
});

test("a source file that cannot be read without loss is refused", () => {
  const refused = (text: string, message: RegExp) =>
    assert.throws(() => parsePercent(text, "#"), { name: "NotebookFormatError", message });
  refused("# ---\n# jupyter: {\n# ---\n", /metadata on top are not YAML/);
  refused("# ---\n# jupyter: 5\n# ---\n", /expected `jupyter` to be a mapping, got `5`/);
  refused("# ---\n# jupyter:\n#   a: .nan\n# ---\n", /hold \.nan for `a`/);
  refused("# %% id=5\n", /expected JSON values/);
  refused("# %% tags=[1] tags=[2]\n", /twice/);
});

test("lines that end as on Windows are the editor's where all do, and else the cell's", () => {
  assert.deepEqual(codeOf("# %%\r\n1\r\n2\r\n\r\n# %%\r\n3\r\n"), ["1\n2", "3"]);
  assert.deepEqual(codeOf("# %%\n1\r\n2\n"), ["1\r\n2"]);
});
