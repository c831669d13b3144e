import { isAbsolute, relative } from "node:path";
import type { Diagnostic } from "../../../language/index.js";
import type { Failure } from "../../shared/thread-messages.js";
import { excerpt } from "../cell/excerpt.js";

const red = (text: string) => `\u001b[0;31m${text}\u001b[0m`;

/**
 * The compiler's findings, as one failure in the form that `tsc` prints, without its grey, which JupyterLab's dark theme does not show on
 * red; one that comes again only says its places.
 */
export function describeDiagnostics(diagnostics: Diagnostic[], cellFile: string, source: string): Failure {
  const groups = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    const key = `${each.fileName} TS${each.code}: ${each.messageText}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const [first] = diagnostics;
  const [head, ...rest] = (first?.messageText ?? "").split("\n");
  const more = groups.size > 1 ? ` (and ${groups.size - 1} more)` : "";
  const evalue = [`TS${first?.code}: ${head}${more}`, ...rest].join("\n");
  const traceback = [...groups.values()].flatMap(([diagnostic, ...again], index) => [
    ...(index > 0 ? [""] : []),
    ...(diagnostic ? describe(diagnostic, cellFile, source) : []),
    ...(again.length > 0 ? [`  The same at ${again.map(placeOf).join(", ")}`] : []),
  ]);
  return { ename: "TypeScriptError", evalue, traceback };
}

function describe(diagnostic: Diagnostic, cellFile: string, source: string): string[] {
  const { start, end, code, messageText, fileName, lineText } = diagnostic;
  const place = `${fileName ? shortPath(fileName) : cellFile}:${placeOf(diagnostic)}`;
  const message = `${place} - ${red("error")} TS${code}: ${messageText}`.split("\n");
  const line = fileName ? lineText : source.split(/\r?\n/)[start.line];
  if (line === undefined) {
    return message;
  }
  const stop = end.line === start.line ? end.character : line.length;
  return [...message, "", ...excerpt(line, { ...start, end: stop })];
}

function shortPath(fileName: string): string {
  return isAbsolute(fileName) ? relative(process.cwd(), fileName) : fileName;
}

function placeOf({ start }: Diagnostic): string {
  return `${start.line + 1}:${start.character + 1}`;
}
