import { types } from "node:util";
import type { MapFrame } from "../../../language/index.js";
import { excerpt, lineOf } from "./excerpt.js";

/** V8's account of a text that it does not take: file and line, the line, and marks below its place. */
const account = /^([^\n]+):(\d+)\n[^\n]*\n( *)\^+\n/;

/** Says of the text of a cell that V8 does not take the place in what the user wrote, where V8 says that in the text. */
export function sayPlaceInCell(error: unknown, source: string, mapFrame: MapFrame): void {
  if (!types.isNativeError(error) || error.name !== "SyntaxError") {
    return;
  }
  const [head, fileName = "", line, indent = ""] = account.exec(error.stack ?? "") ?? [];
  if (head === undefined) {
    return;
  }
  const place = mapFrame({ fileName, line: Number(line), column: indent.length + 1 });
  if (!place) {
    error.stack = `SyntaxError: ${error.message}\n    at ${fileName}`;
    return;
  }
  const text = lineOf(source, place.line - 1) ?? "";
  const shown = excerpt(text, { line: place.line - 1, character: place.column - 1 });
  const header = `SyntaxError: ${error.message}\n    at ${fileName}:${place.line}:${place.column}`;
  error.stack = [header, "", ...shown].join("\n");
}
