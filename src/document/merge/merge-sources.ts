import { isDeepStrictEqual } from "node:util";
import { styleOf } from "../json/json-style.js";
import { joinLines, type Notebook, splitLines } from "../notebook.js";
import type { NotebookSource } from "../notebook-source.js";
import { keepNumbers, restoreNumbers } from "./exact-numbers.js";
import { mergeNotebooks } from "./merge-notebooks.js";

export interface MergedText {
  text: string;
  conflicts: string[];
}

/** Merges three notebooks as `mergeNotebooks` does. The text looks as that of ours, and is a side's own where the merge is that side. */
export function mergeSources(
  base: NotebookSource | undefined,
  ours: NotebookSource,
  theirs: NotebookSource,
): MergedText {
  const [mine, yours] = [contentOf(ours), contentOf(theirs)];
  const nothing: Notebook = { nbformat: 4, nbformat_minor: mine.nbformat_minor, metadata: {}, cells: [] };
  const { notebook, conflicts } = mergeNotebooks(base ? contentOf(base) : nothing, mine, yours);
  const same = [ours, theirs].find((side) => isDeepStrictEqual(contentOf(side), notebook));
  return { text: same?.text ?? write(notebook, ours), conflicts };
}

function contentOf({ text }: NotebookSource): Notebook {
  const value: Notebook = JSON.parse(keepNumbers(text.replace(/^\uFEFF/, "")));
  value.metadata ??= {};
  value.cells = value.cells.map((cell) => ({
    ...cell,
    metadata: cell.metadata ?? {},
    source: joinLines(cell.source),
  }));
  return value;
}

function write(notebook: Notebook, { text, tree }: NotebookSource): string {
  const cells = notebook.cells.map((cell) => ({ ...cell, source: splitLines(joinLines(cell.source)) }));
  const { indent, newline } = styleOf(text, tree);
  const written = restoreNumbers(JSON.stringify({ ...notebook, cells }, null, indent)).replaceAll(
    "\n",
    newline,
  );
  return `${text.startsWith("\uFEFF") ? "\uFEFF" : ""}${written}${text.endsWith("\n") ? newline : ""}`;
}
