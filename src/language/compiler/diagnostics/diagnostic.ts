import { relative } from "node:path";
import type ts from "typescript";
import type { Compiler } from "../compiler.js";
import { nearestOverloads } from "./nearest-overload.js";
import { type PlaceInWords, relatedLines } from "./related-places.js";
import { shortMessage } from "./short-message.js";

export interface Position {
  /** UTF-16 offset in the text of the cell or file. */
  offset: number;
  /** Counted from zero. */
  line: number;
  /** Counted from zero, in UTF-16 units. */
  character: number;
}

export interface Diagnostic {
  start: Position;
  end: Position;
  messageText: string;
  /** TypeScript's DiagnosticCategory: 0 warning, 1 error, 2 suggestion, 3 message. */
  category: number;
  code: number;
  /** The file, from the notebook's folder on, when the diagnostic is about another one than the cell. */
  fileName?: string;
  /** The line of that file that it begins in. */
  lineText?: string;
}

interface Surroundings {
  cell: ts.SourceFile | undefined;
  directory: string;
  program: ts.Program;
  /** False of texts and files that the user did not write. */
  isOwn(file: ts.SourceFile): boolean;
}

/** One message for each mistake, with places that outlive the program. */
export function describeDiagnostics(
  compiler: Compiler,
  found: readonly ts.Diagnostic[],
  surroundings: Surroundings,
): Diagnostic[] {
  const { cell, directory, program, isOwn } = surroundings;
  const nameOf = (file: ts.SourceFile) => relative(directory, file.fileName);
  const flatten = (message: string | ts.DiagnosticMessageChain) =>
    compiler.flattenDiagnosticMessageText(message, "\n");
  const placeInWords: PlaceInWords = (file, offset) => {
    if (file !== cell && !isOwn(file)) {
      return undefined;
    }
    const { line, character } = file.getLineAndCharacterOfPosition(offset);
    return `${file === cell ? "" : `${nameOf(file)}:`}${line + 1}:${character + 1}`;
  };
  return found.filter(hasLocation).map((diagnostic) => {
    const { file, start, length, code, category, messageText } = diagnostic;
    const nearest = () => nearestOverloads(compiler, program.getTypeChecker(), diagnostic);
    const at = (offset: number) => ({ offset, ...file.getLineAndCharacterOfPosition(offset) });
    return {
      start: at(start),
      end: at(start + length),
      messageText: [
        flatten(shortMessage(messageText, nearest)),
        ...relatedLines(diagnostic, placeInWords, flatten),
      ].join("\n"),
      category,
      code,
      ...(file !== cell && { fileName: nameOf(file), lineText: lineAt(file, start) }),
    };
  });
}

function lineAt(file: ts.SourceFile, offset: number): string {
  const { line } = file.getLineAndCharacterOfPosition(offset);
  const { [line]: begin, [line + 1]: end } = file.getLineStarts();
  return file.text.slice(begin, end).trimEnd();
}

function hasLocation(diagnostic: ts.Diagnostic): diagnostic is ts.DiagnosticWithLocation {
  return diagnostic.file !== undefined && diagnostic.start !== undefined && diagnostic.length !== undefined;
}
