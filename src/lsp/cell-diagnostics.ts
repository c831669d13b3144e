import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { ExpectedErrorsError, expectedErrors } from "../document/expected-errors.js";
import type { CellVerdict, Diagnostic as Finding } from "../language/index.js";
import type { OpenCell } from "./open-notebook.js";

/** The source that all diagnostics name, as TypeScript's own server does. */
export const source = "ts";

/** A verdict in the protocol's words: expected errors are information, and one that does not come is an error. */
export function cellDiagnostics(
  cell: OpenCell,
  { diagnostics }: CellVerdict,
  directory: string,
): Diagnostic[] {
  const { expected, problem } = expectedIn(cell);
  const missing = expected.filter((code) => !diagnostics.some((each) => each.code === code));
  return [
    ...diagnostics.map((each) => diagnosticOf(cell, each, directory, expected)),
    ...missing.map((code) => ownDiagnostic(cell, `expected error TS${code} does not come`)),
    ...(problem === undefined ? [] : [ownDiagnostic(cell, problem)]),
  ];
}

function expectedIn({ document, tags }: OpenCell): { expected: number[]; problem?: string } {
  try {
    const metadata = { tags };
    return { expected: expectedErrors({ cell_type: "code", source: document.getText(), metadata }) };
  } catch (error) {
    if (!(error instanceof ExpectedErrorsError)) {
      throw error;
    }
    return { expected: [], problem: error.message };
  }
}

function diagnosticOf(
  cell: OpenCell,
  { start, end, code, messageText, fileName }: Finding,
  directory: string,
  expected: readonly number[],
): Diagnostic {
  const { document } = cell;
  const severity = expected.includes(code) ? DiagnosticSeverity.Information : DiagnosticSeverity.Error;
  if (fileName === undefined) {
    const range = { start: document.positionAt(start.offset), end: document.positionAt(end.offset) };
    return { range, message: messageText, code, severity, source };
  }
  const uri = pathToFileURL(path.resolve(directory, fileName)).href;
  const range = {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
  return {
    range: firstImport(document.getText(), (offset) => document.positionAt(offset)),
    message: `${fileName}:${start.line + 1}:${start.character + 1}: ${messageText}`,
    code,
    severity,
    source,
    relatedInformation: [{ location: { uri, range }, message: messageText }],
  };
}

/** The place in the cell where an imported file's errors are shown. */
function firstImport(
  text: string,
  positionAt: (offset: number) => Diagnostic["range"]["start"],
): Diagnostic["range"] {
  const match = /^[ \t]*(?:import|export)\b.*|.*\b(?:import|require)\s*\(.*/m.exec(text);
  const start = match?.index ?? 0;
  return { start: positionAt(start), end: positionAt(start + (match?.[0].length ?? 0)) };
}

function ownDiagnostic({ document }: OpenCell, message: string): Diagnostic {
  const match = /^.*@errors:.*/m.exec(document.getText());
  const start = match?.index ?? 0;
  const range = {
    start: document.positionAt(start),
    end: document.positionAt(start + (match?.[0].length ?? 0)),
  };
  return { range, message, severity: DiagnosticSeverity.Error, source: "poolbook" };
}
