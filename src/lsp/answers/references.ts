import type { Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { ErrorCodes, type Location, ResponseError } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { NameInCell } from "../../language/index.js";
import { type AskedCell, offsetOf, rangeOf } from "./asked-cell.js";

/** All uses of the name at a place, its declaration among them. */
export function references(asked: AskedCell, position: Position): Location[] {
  return namesAt(asked, position).flatMap((name) => {
    const cell = asked.notebook.cells[name.cell];
    return cell ? [{ uri: cell.uri, range: rangeOf(cell.document, name) }] : [];
  });
}

export function prepareRename(asked: AskedCell, position: Position): Range | null {
  const offset = offsetOf(asked, position);
  const here = namesAt(asked, position).find(
    ({ cell, start, end }) => cell === asked.index && start <= offset && offset <= end,
  );
  return here ? rangeOf(asked.document, here) : null;
}

/** Throws ResponseError when the new name is none, is in use, or would change what the notebook means. */
export function rename(asked: AskedCell, position: Position, newName: string): WorkspaceEdit {
  const { notebook } = asked;
  const names = namesAt(asked, position);
  if (names.length === 0) {
    throw refusal("Only names that the notebook's cells declare can be renamed");
  }
  const problem = notebook.references().renameProblem(newName);
  if (problem !== undefined) {
    throw refusal(problem);
  }
  const edits = notebook.cells.map(({ document }, index) =>
    names
      .filter(({ cell }) => cell === index)
      .map((name): TextEdit => ({ range: rangeOf(document, name), newText: name.renamed(newName) })),
  );
  const renamed = notebook.cells.map(({ document }, index) =>
    TextDocument.applyEdits(document, edits[index] ?? []),
  );
  if (String(notebook.findingCounts(renamed)) !== String(notebook.findingCounts(notebook.sources))) {
    throw refusal(`With the name \`${newName}\` in these places the notebook would have other errors`);
  }
  const changes = notebook.cells.map(({ uri }, index) => [uri, edits[index] ?? []] as const);
  return { changes: Object.fromEntries(changes.filter(([, { length }]) => length > 0)) };
}

function namesAt({ notebook, index, ...asked }: AskedCell, position: Position): NameInCell[] {
  return notebook.references().find(index, offsetOf({ notebook, index, ...asked }, position));
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
