import type { CellCheck, Difference, NotebookCheck } from "../../checker/notebook-check.js";
import { isGood, statusWords } from "../../checker/status-words.js";
import { cellName } from "../../document/cell-name.js";
import { isNotCompared } from "../../document/comparison/not-compared.js";
import { formatSeconds, sourceExcerpt, stripAnsi } from "../terminal/format-text.js";
import type { Screen, Style } from "../terminal/screen.js";
import type { Totals } from "./check-totals.js";
import { withContext } from "./diff-context.js";

type Paint = Screen["style"];

const mostLines = 60;

const symbols: Record<NotebookCheck["status"], [symbol: string, style: Style]> = {
  equal: ["✓", "green"],
  "not-compared": ["–", "yellow"],
  different: ["✗", "red"],
  failed: ["✗", "red"],
  interrupted: ["✗", "red"],
  "could-not-run": ["✗", "red"],
  ran: ["✓", "green"],
  "well-typed": ["✓", "green"],
  "ill-typed": ["✗", "red"],
  "passed-over": ["–", "dim"],
};

/** One line for the notebook, then each difference as a small diff, unless it is stored now; `paint` gives colours, or does not. */
export function describeCheck(check: NotebookCheck, paint: Paint): string[] {
  const line = headline(check, paint);
  if (isGood(check.status)) {
    return [line];
  }
  return [line, ...check.cells.flatMap((cell) => describeCell(check.path, cell, paint)), ...unrun(check)];
}

function headline(check: NotebookCheck, paint: Paint): string {
  const [symbol, style] = symbols[check.status];
  const start = `${paint(style, symbol)} ${check.path}`;
  if (check.problem !== undefined) {
    return `${start}: ${check.problem}`;
  }
  return [start, ...facts(check), formatSeconds(check.duration)].join("  ");
}

function facts({
  cells,
  updated,
  isFlaky,
  isUpdateRefused,
  isCached,
  ignored,
  attempts,
}: NotebookCheck): string[] {
  const count = (status: CellCheck["status"]) =>
    cells.filter((cell) => cell.status === status && !updated.includes(cell.number)).length;
  const tell = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}`]);
  const notes = new Set(cells.flatMap(({ notes }) => (isNotCompared(notes) ? [] : notes)));
  return [
    cells.length === 1 ? "1 cell" : `${cells.length} cells`,
    ...(updated.length > 0 ? tell(updated.length, "updated") : []),
    ...tell(count("different"), "different"),
    ...tell(count("failed"), "failed"),
    ...tell(count("ill-typed"), "with type errors"),
    ...tell(count("not-compared"), "not compared"),
    ...(isUpdateRefused ? ["nothing stored, since a cell failed"] : []),
    ...(isFlaky ? [`flaky: equal in attempt ${attempts}`] : []),
    ...(ignored ? [`ignored: ${ignored.join(", ")}`] : []),
    ...(isCached ? ["unchanged, not run again"] : []),
    ...notes,
  ];
}

/** The differences of one cell, under the path of the notebook and the first lines of the cell. */
export function describeCell(path: string, cell: CellCheck, paint: Paint): string[] {
  if (cell.status !== "different" && cell.status !== "failed" && cell.status !== "ill-typed") {
    return [];
  }
  const where = `  ${paint("bold", `${path}, ${cellName(cell.number, cell.id)}`)}`;
  const source = sourceExcerpt(cell.source.trimEnd()).map((line) => `    ${paint("dim", `| ${line}`)}`);
  return [
    "",
    where,
    ...source,
    ...cell.differences.flatMap((difference) => describeDifference(difference, paint)),
  ];
}

function describeDifference({ message, lines }: Difference, paint: Paint): string[] {
  const shown = withContext(lines, 2).map(({ mark, text }) => {
    const line = `      ${mark} ${stripAnsi(text)}`;
    return mark === " " ? line : paint(mark === "-" ? "red" : "green", line);
  });
  const rest = shown.length - mostLines;
  return [
    `    ${message}`,
    ...shown.slice(0, mostLines),
    ...(rest > 0 ? [`      … ${rest} more lines`] : []),
  ];
}

/** Cells behind a failed one are told of together. */
function unrun({ cells }: NotebookCheck): string[] {
  const numbers = cells.filter(({ status }) => status === "not-run").map(({ number }) => number);
  if (numbers.length === 0) {
    return [];
  }
  return ["", `  ${numbers.length === 1 ? "cell" : "cells"} ${numbers.join(", ")} ${statusWords["not-run"]}`];
}

/** A last line, unless all is well. */
export function describeTotals({
  notebooks,
  equal,
  notCompared,
  different,
  failed,
  couldNotRun,
  wellTyped,
  illTyped,
  passedOver,
  flaky,
}: Totals): string[] {
  if (equal + wellTyped + passedOver === notebooks && flaky.length === 0) {
    return [];
  }
  const tell = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}`]);
  const parts = [
    ...tell(equal, "equal"),
    ...tell(notCompared, "ran, and had nothing to compare"),
    ...tell(different, "different"),
    ...tell(failed, "failed"),
    ...tell(couldNotRun, "not checked"),
    ...tell(wellTyped, "without type errors"),
    ...tell(illTyped, "with type errors"),
    ...tell(passedOver, "passed over"),
    ...(flaky.length > 0 ? [`flaky: ${flaky.join(", ")}`] : []),
  ];
  return ["", `${notebooks === 1 ? "1 notebook" : `${notebooks} notebooks`}: ${parts.join(", ")}`];
}
