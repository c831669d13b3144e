import { isAbsolute, relative } from "node:path";
import type { Diagnostic } from "../../../language/index.js";
import type { Failure } from "../../shared/thread-messages.js";

const red = (text: string) => `\u001b[0;31m${text}\u001b[0m`;
const grey = (text: string) => `\u001b[0;90m${text}\u001b[0m`;

/** The compiler's findings, as one failure in the form that `tsc` prints. */
export function describeDiagnostics(diagnostics: Diagnostic[], cellFile: string, source: string): Failure {
  const [first] = diagnostics;
  const more = diagnostics.length - 1;
  const evalue = `TS${first?.code}: ${first?.messageText}${more > 0 ? ` (and ${more} more)` : ""}`;
  const traceback = diagnostics.flatMap((diagnostic, index) => [
    ...(index > 0 ? [""] : []),
    ...describe(diagnostic, cellFile, source),
  ]);
  return { ename: "TypeScriptError", evalue, traceback };
}

function describe(diagnostic: Diagnostic, cellFile: string, source: string): string[] {
  const { start, end, code, messageText, fileName } = diagnostic;
  const place = `${fileName ? shortPath(fileName) : cellFile}:${start.line + 1}:${start.character + 1}`;
  const message = `${place} - ${red("error")} ${grey(`TS${code}:`)} ${messageText}`.split("\n");
  const line = fileName ? undefined : source.split(/\r?\n/)[start.line];
  if (line === undefined) {
    return message;
  }
  const number = `${start.line + 1}`;
  const stop = end.line === start.line ? end.character : line.length;
  const indent = line.slice(0, start.character).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, stop - start.character));
  return [...message, "", `${grey(number)} ${line}`, `${" ".repeat(number.length)} ${indent}${red(carets)}`];
}

function shortPath(fileName: string): string {
  return isAbsolute(fileName) ? relative(process.cwd(), fileName) : fileName;
}
