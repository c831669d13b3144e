import type { NotebookCheck } from "../../checker/notebook-check.js";

export interface Totals {
  notebooks: number;
  equal: number;
  notCompared: number;
  different: number;
  failed: number;
  couldNotRun: number;
  ran: number;
  wellTyped: number;
  illTyped: number;
  passedOver: number;
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
    notCompared: count("not-compared"),
    different: count("different"),
    failed: count("failed", "interrupted"),
    couldNotRun: count("could-not-run"),
    ran: count("ran"),
    wellTyped: count("well-typed"),
    illTyped: count("ill-typed"),
    passedOver: count("passed-over"),
    flaky: checks.filter(({ isFlaky }) => isFlaky).map(({ path }) => path),
    duration: checks.reduce((sum, { duration }) => sum + duration, 0),
  };
}
