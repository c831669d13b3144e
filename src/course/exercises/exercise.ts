/** The answer of a check. */
export type Verdict =
  | { readonly outcome: "passed"; readonly because: string }
  | { readonly outcome: "not attempted"; readonly next: string }
  | { readonly outcome: "not yet"; readonly expected: string; readonly got: string; readonly next: string };

/** One exercise of the course. Its solution is the cell `NAME-solution` of the notebook with the solutions. */
export interface Exercise {
  /** File name of its notebook, without the extension. */
  readonly notebook: string;
  /** Each says more than the one before. */
  readonly hints: readonly string[];
  /** Judges an answer: anything but undefined and promises. */
  judge(answer: unknown): Verdict | Promise<Verdict>;
}

export function passed(because: string): Verdict {
  return { outcome: "passed", because };
}

export function notAttempted(next: string): Verdict {
  return { outcome: "not attempted", next };
}

export function notYet(expected: string, got: string, next: string): Verdict {
  return { outcome: "not yet", expected, got, next };
}
