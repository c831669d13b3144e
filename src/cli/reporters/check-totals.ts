import type { NotebookCheck } from "../../checker/notebook-check.js";

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
