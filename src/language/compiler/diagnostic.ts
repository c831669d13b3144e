import { relative } from "node:path";
import type ts from "typescript-for-cells";
import type { Compiler } from "./compiler.js";
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
}

/** One message for each diagnostic, with places that outlive the program. */
export function describeDiagnostic(
  compiler: Compiler,
  diagnostic: ts.DiagnosticWithLocation,
  { cell, directory }: { cell: ts.SourceFile | undefined; directory: string },
): Diagnostic {
  const { file, start, length, code, category, messageText } = diagnostic;
  const at = (offset: number) => ({ offset, ...file.getLineAndCharacterOfPosition(offset) });
  return {
    start: at(start),
    end: at(start + length),
    messageText: compiler.flattenDiagnosticMessageText(shortMessage(messageText), "\n"),
    category,
    code,
    ...(file !== cell && { fileName: relative(directory, file.fileName) }),
  };
}

export function hasLocation(diagnostic: ts.Diagnostic): diagnostic is ts.DiagnosticWithLocation {
  return diagnostic.file !== undefined && diagnostic.start !== undefined && diagnostic.length !== undefined;
}
