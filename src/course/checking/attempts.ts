import type { Evidence, Verdict } from "../exercise/exercise.js";
import { type CellRun, cellRuns, evidenceSince } from "./observations.js";

interface LastCheck {
  readonly answer: unknown;
  readonly outcome: Verdict["outcome"];
  /** Number of the cell run in which it was made. */
  readonly run: number;
}

const lastChecks = new Map<string, LastCheck>();

/** A cell that helps with exercises, and makes no answer. */
const helping = /^\s*(await\s+)?(check\.|(hint|solution|score)\()/m;

/** Why the answer would be an old one, and what to do about it; undefined if it is new. */
export function whyStale(name: string, answer: unknown): string | undefined {
  const attempt = attemptAt(name);
  if (attempt?.status === "failed") {
    return "The cell of the exercise ended with an error, so this value is from before. Mend that cell, run it, and then this one.";
  }
  const last = lastChecks.get(name);
  const isOld = attempt !== undefined && last !== undefined && attempt.number < last.run;
  return isOld && last.outcome === "not yet" && Object.is(last.answer, answer)
    ? "The cell of the exercise has not been run since the last check. Run it with your new answer, and then this one."
    : undefined;
}

/** Tasks and pools since the answer was begun. */
export function evidenceFor(name: string): Evidence {
  return evidenceSince(attemptAt(name)?.started ?? 0);
}

export function rememberCheck(name: string, answer: unknown, outcome: Verdict["outcome"]): void {
  lastChecks.set(name, { answer, outcome, run: cellRuns().at(-1)?.number ?? 0 });
}

/** The latest run of the exercise's cell; where no front end tells ids, of the last cell that may have made an answer. */
function attemptAt(name: string): CellRun | undefined {
  const isTold = cellRuns().some(({ id }) => id === `${name}-check` || id === `${name}-exercise`);
  return cellRuns().findLast(
    ({ id, code, status }) =>
      status !== "running" && (isTold ? id === `${name}-exercise` : !helping.test(code)),
  );
}
