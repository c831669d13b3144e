import { type Cell, joinLines } from "./notebook.js";

const comment = /^[ \t]*\/\/[ \t]*@errors:(.*)$/gm;
const tag = /^errors:(.*)$/;

/** Thrown when a cell's list of expected errors cannot be read. */
export class ExpectedErrorsError extends Error {
  override name = "ExpectedErrorsError";
}

/**
 * The codes that a cell says come: by a comment (`// @errors: 2345 2322`, as in twoslash) or a tag (`errors: 2345`).
 * Throws ExpectedErrorsError.
 */
export function expectedErrors(cell: Cell): number[] {
  const comments = [...joinLines(cell.source).matchAll(comment)].map(([, list = ""]) => list);
  const tags = (cell.metadata.tags ?? []).flatMap((each) => tag.exec(each)?.[1] ?? []);
  return [...new Set([...comments, ...tags].flatMap(codesIn))];
}

function codesIn(list: string): number[] {
  const words = list.split(/[\s,]+/).filter((word) => word !== "");
  const codes = words.map((word) => Number(/^(?:TS)?(\d+)$/i.exec(word)?.[1]));
  if (codes.length === 0 || codes.some(Number.isNaN)) {
    throw new ExpectedErrorsError(
      `expected numbers of TypeScript's errors behind \`errors:\`, got \`${list.trim()}\``,
    );
  }
  return codes;
}
