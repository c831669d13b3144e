import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findings, mend } from "#dist/document/hygiene.js";
import type { Notebook } from "#dist/document/notebook.js";
import { notebookLinks } from "#dist/document/notebook-links.js";
import { readNotebookSource } from "#dist/document/notebook-source.js";
import { arbitraryNotebook } from "../helpers/arbitrary-notebook.js";
import { display, notebookOf } from "../helpers/notebook-value.js";

const metadata = { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } };

function found(text: string): string[] {
  return findings(readNotebookSource(Buffer.from(text))).map(({ place, message }) => `${place}: ${message}`);
}

function mended(text: string): string {
  const source = readNotebookSource(Buffer.from(text));
  return mend(source, findings(source));
}

function textOf(notebook: unknown): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

const clean = { ...notebookOf([[], []]), metadata } as Notebook;
const [first, second] = clean.cells as [Notebook["cells"][0], Notebook["cells"][0]];

const othersMetadata = {
  ...clean,
  metadata: {
    ...metadata,
    jupytext: { formats: "ipynb,py" },
    rise: { theme: "sky" },
    vscode: { interpreter: {} },
    toc: {},
    title: "T",
    authors: [{ name: "A" }],
  },
  cells: [
    {
      ...first,
      metadata: {
        nbgrader: { grade: true, grade_id: "a", points: 1 },
        slideshow: { slide_type: "slide" },
        jupyter: { source_hidden: true },
        deletable: false,
        editable: false,
        collapsed: true,
        scrolled: true,
      },
    },
    {
      ...second,
      metadata: {
        vscode: { languageId: "python" },
        papermill: { tags: [] },
        name: "b",
        lines_to_next_cell: 2,
      },
    },
  ],
};

describe("what can be mended is, and nothing else changes", () => {
  const cases: [name: string, notebook: unknown, found: RegExp, mended: unknown][] = [
    ["nothing", clean, /^$/, clean],
    [
      "a missing id",
      { ...clean, cells: [{ ...first, id: undefined }, second] },
      /^cells\[0\]\.id: is missing$/,
      { ...clean, cells: [{ ...first, id: "cell-1" }, second] },
    ],
    [
      "a doubled id",
      { ...clean, cells: [first, { ...second, id: "cell-1" }] },
      /^cells\[1\]\.id: another cell has the id "cell-1"$/,
      { ...clean, cells: [first, { ...second, id: "cell-2" }] },
    ],
    [
      "an id with a space",
      { ...clean, cells: [{ ...first, id: "a b" }] },
      /^cells\[0\]\.id: expected 1 to 64 letters, digits, - and _, got `"a b"`$/,
      { ...clean, cells: [{ ...first, id: "cell-1" }] },
    ],
    ["metadata of other tools", othersMetadata, /^$/, othersMetadata],
    [
      "times of a run",
      {
        ...clean,
        metadata: {
          ...metadata,
          papermill: { parameters: { a: 1 }, duration: 0.5, start_time: "2026-01-01" },
        },
        cells: [
          { ...first, metadata: { ExecuteTime: { start_time: "" }, execution: { "iopub.status.busy": "" } } },
          { ...second, metadata: { execution: { timeout: "9", "shell.execute_reply": "" }, tags: ["a"] } },
        ],
      },
      /^metadata\.papermill\.duration: the time of a run is nothing to keep\nmetadata\.papermill\.start_time: .*\ncells\[0\]\.metadata\.ExecuteTime: .*\ncells\[0\]\.metadata\.execution: .*\ncells\[1\]\.metadata\.execution\["shell\.execute_reply"\]: .*$/,
      {
        ...clean,
        metadata: { ...metadata, papermill: { parameters: { a: 1 } } },
        cells: [
          { ...first, metadata: {} },
          { ...second, metadata: { execution: { timeout: "9" }, tags: ["a"] } },
        ],
      },
    ],
    [
      "an older minor version, tags twice, fields that do not belong",
      { ...clean, cells: [{ ...first, metadata: { tags: ["a", "a"] }, prompt: 1 }], nbformat_minor: 2 },
      /^nbformat_minor: expected at least 5, got `2`\ncells\[0\]\.metadata\.tags: the same tag stands twice\ncells\[0\]\.prompt: does not belong here$/,
      { ...clean, cells: [{ ...first, metadata: { tags: ["a"] } }] },
    ],
  ];
  for (const [name, notebook, problems, result] of cases) {
    test(name, () => {
      const text = textOf(notebook);
      assert.match(found(text).join("\n"), problems);
      assert.deepEqual(JSON.parse(mended(text)), JSON.parse(textOf(result)));
      assert.deepEqual(found(mended(text)), []);
      assert.equal(mended(mended(text)), mended(text));
    });
  }

  test("the text is as before but where it was mended", () => {
    const text = textOf({
      ...clean,
      cells: [{ ...first, metadata: { ExecuteTime: true, tags: ["a"], executionInfo: false } }],
    });
    assert.equal(
      mended(text),
      text.replace('    "ExecuteTime": true,\n', "").replace(',\n    "executionInfo": false', ""),
    );
  });

  test("the only metadata is taken away with its lines", () => {
    const text = textOf({ ...clean, cells: [{ ...first, metadata: { ExecuteTime: 1, executionInfo: 2 } }] });
    assert.equal(mended(text), textOf({ ...clean, cells: [{ ...first, metadata: {} }] }));
  });
});

test("fields that belong nowhere are named, and stay unless they are empty", () => {
  const attachments = { "a.png": { "image/png": "AAAA" } };
  const text = textOf({ ...clean, cells: [{ ...first, attachments }, second], own: { a: 1 } });
  assert.deepEqual(found(text), ["cells[0].attachments: does not belong here", "own: does not belong here"]);
  assert.equal(mended(text), text);
  const empty = textOf({ ...clean, cells: [{ ...first, attachments: {} }, second], own: null });
  assert.equal(mended(empty), textOf(clean));
});

test("pictures without text and cells without a language are named, and only the author can mend them", () => {
  const picture = { ...notebookOf([[display({ "image/png": "AAAA" })]]), metadata };
  assert.deepEqual(found(textOf(picture)), [
    "cells[0].outputs[0].data: image/png has no text/plain beside it",
  ]);
  assert.equal(mended(textOf(picture)), textOf(picture));
  const nameless = { ...clean, metadata: {} };
  assert.deepEqual(found(textOf(nameless)), [
    "metadata.kernelspec.language: nothing says in which language the cells are",
  ]);
});

test("for any notebook, mending once is enough, and leaves cells and outputs alone", () => {
  fc.assert(
    fc.property(arbitraryNotebook, fc.constantFrom(undefined, 1, 3, "\t"), (notebook, indent) => {
      const text = JSON.stringify(notebook, null, indent);
      const once = mended(text);
      assert.equal(mended(once), once);
      assert.deepEqual(
        findings(readNotebookSource(Buffer.from(once))).filter(({ mend }) => mend),
        [],
      );
      const contents = (text: string) =>
        JSON.parse(text).cells.map(({ metadata, ...cell }: { metadata: unknown }) => cell);
      assert.deepEqual(contents(once), contents(text));
    }),
    { numRuns: 200 },
  );
});

test("links to notebooks are found in texts, not in code, and not to other places", () => {
  const source = [
    '[next](02-next.ipynb#part) and [up](../up%20there.ipynb "title")',
    "[reference]: <other.ipynb>",
    "<a href='html.ipynb'>x</a> `[code](code.ipynb)`",
    "```\n[fence](fence.ipynb)\n```",
    "[web](https://example.org/web.ipynb) [readme](README.md)",
  ].join("\n");
  const notebook = { ...clean, cells: [{ cell_type: "markdown", id: "a", metadata: {}, source }] };
  assert.deepEqual(
    notebookLinks(notebook).map(({ target }) => target),
    ["02-next.ipynb", "../up there.ipynb", "other.ipynb", "html.ipynb"],
  );
});
