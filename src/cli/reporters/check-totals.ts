import type { CellCheck, DiffLine, NotebookCheck } from "../../checker/notebook-check.js";

export function cellTitle({ number, id }: Pick<CellCheck, "number" | "id">): string {
  return `cell ${number}${id === undefined ? "" : ` (${id})`}`;
}

/** The changed lines, with `context` equal ones around them; `…` stands for what is left out. */
export function withContext(lines: DiffLine[], context: number): DiffLine[] {
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== " ");
  const hasChanges = lines.some(({ mark }) => mark !== " ");
  if (!hasChanges) {
    return lines;
  }
  const shown: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (isNear(index)) {
      shown.push(line);
    } else if (shown.at(-1)?.text !== "…") {
      shown.push({ mark: " ", text: "…" });
    }
  }
  return shown;
}

export interface Totals {
  notebooks: number;
  equal: number;
  different: number;
  failed: number;
  couldNotRun: number;
  flaky: string[];
  /** Milliseconds. */
  duration: number;
}

export function totalsOf(checks: NotebookCheck[]): Totals {
  const count = (...statuses: NotebookCheck["status"][]) =>
    checks.filter(({ status }) => statuses.includes(status)).length;
  return {
    notebooks: checks.length,
    equal: count("equal"),
    different: count("different"),
    failed: count("failed", "interrupted"),
    couldNotRun: count("could-not-run"),
    flaky: checks.filter(({ isFlaky }) => isFlaky).map(({ path }) => path),
    duration: checks.reduce((sum, { duration }) => sum + duration, 0),
  };
}
