import type { Position, Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { OpenNotebook } from "../open-notebook.js";

/** The cell that a request is about. */
export interface AskedCell {
  notebook: OpenNotebook;
  index: number;
  document: TextDocument;
}

export function rangeOf(document: TextDocument, { start, end }: { start: number; end: number }): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function offsetOf({ document }: AskedCell, position: Position): number {
  return document.offsetAt(position);
}
