import type { TaskRecord } from "../../pool/task-record.js";

/** The judgement of an answer. */
export type Verdict =
  | { readonly outcome: "passed"; readonly because: string }
  | { readonly outcome: "not attempted"; readonly next: string }
  | { readonly outcome: "not yet"; readonly expected: string; readonly got: string; readonly next: string };

/** Tasks and pools in this process since the cell of the exercise began; outside a notebook, since the program did. */
export interface Evidence {
  /** Tasks of all pools that were submitted since then and have ended. */
  readonly tasks: readonly TaskRecord[];
  /** Pools that were made since then. */
  readonly pools: readonly { readonly processes: number }[];
}

/** A likely mistake, and what is said of it: proved by `poolbook course test`. */
export interface WrongAnswer {
  /** Takes the place of the exercise's cell. */
  readonly code: string;
  /** A part of what the check must print. */
  readonly says: string;
}

/** One exercise: the cells `NAME-exercise` and `NAME-check` of its notebook. */
export interface Exercise<Name extends string = string> {
  /** Also its name in `check`; a name as a variable may have it. */
  readonly name: Name;
  /** File name of its notebook, without the extension. */
  readonly notebook: string;
  /** Each says more than the one before. */
  readonly hints: readonly string[];
  /** Judges an answer: anything but undefined and promises. */
  judge(answer: unknown, evidence: Evidence): Verdict | Promise<Verdict>;
  /** Code that takes the place of the exercise's cell, or a function that gives it. */
  readonly solution: string | (() => string);
  /** Answers that must not pass. Default: none. */
  readonly wrongAnswers?: readonly WrongAnswer[];
}

/** The verdict that an answer is right; `because` is a sentence that says why, without its full stop. */
export function passed(because: string): Verdict {
  return { outcome: "passed", because };
}

/** The verdict that nothing was tried yet; `next` is a sentence that says what to do. */
export function notAttempted(next: string): Verdict {
  return { outcome: "not attempted", next };
}

/** The verdict that an answer is not right yet: what was expected, what came instead, and one next step, a sentence. */
export function notYet(expected: string, got: string, next: string): Verdict {
  return { outcome: "not yet", expected, got, next };
}
