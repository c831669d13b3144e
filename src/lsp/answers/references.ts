import type { Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { ErrorCodes, type Location, ResponseError } from "vscode-languageserver";
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

/** Throws ResponseError when the new name is none, or is in use where it would be written. */
export function rename(asked: AskedCell, position: Position, newName: string): WorkspaceEdit {
  const names = namesAt(asked, position);
  if (names.length === 0) {
    throw refusal("Only names that the notebook's cells declare can be renamed");
  }
  const problem = asked.notebook.references().renameProblem(newName);
  if (problem !== undefined) {
    throw refusal(problem);
  }
  const changes: Record<string, TextEdit[]> = {};
  for (const name of names) {
    const cell = asked.notebook.cells[name.cell];
    if (cell) {
      const edit = { range: rangeOf(cell.document, name), newText: name.renamed(newName) };
      changes[cell.uri] = [...(changes[cell.uri] ?? []), edit];
    }
  }
  return { changes };
}

function namesAt({ notebook, index, ...asked }: AskedCell, position: Position): NameInCell[] {
  return notebook.references().find(index, offsetOf({ notebook, index, ...asked }, position));
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
