import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cell, joinLines, type Notebook } from "#dist/document/notebook.js";
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
);
const source = fc.array(line, { maxLength: 6 }).map((lines) => lines.join("\n"));
const metadata = fc.dictionary(
  fc.constantFrom("tags", "poolbook", "a b", "x.y", "collapsed", 'q"u'),
  fc.oneof(
    fc.boolean(),
    fc.string(),
    fc.array(fc.constantFrom("a", "b = c", "=")),
    fc.constant({ deep: { a: [1, null] } }),
  ),
);
const cell = fc.record({ cell_type: fc.constantFrom("code", "markdown", "raw"), metadata, source });
const notebook = fc
  .record({
    cells: fc.array(cell, { maxLength: 5 }),
    hasIds: fc.boolean(),
    metadata: fc.dictionary(fc.constantFrom("kernelspec", "title", "x"), fc.jsonValue()),
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
