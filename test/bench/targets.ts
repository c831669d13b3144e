import { availableParallelism } from "node:os";

/** A figure, and what it is to reach: a ratio of two things that were measured side by side, unless its name says otherwise. */
export interface Target {
  readonly what: string;
  readonly figure: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Prints a table with what holds and what is missed, and returns its rows. What was not measured here is left out. */
export function printTargets(targets: readonly Target[]) {
  const results = targets
    .filter(({ figure }) => !Number.isNaN(figure))
    .map(({ what, figure, atMost = Number.POSITIVE_INFINITY, atLeast }) => ({
      what,
      figure: Number(figure.toPrecision(3)),
      target: atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`,
      holds: figure <= atMost && figure >= (atLeast ?? Number.NEGATIVE_INFINITY) ? "holds" : "missed",
    }));
  console.table(results);
  return results;
}

export const machine = { node: process.version, platform: process.platform, cores: availableParallelism() };

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
