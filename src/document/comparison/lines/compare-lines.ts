import type { NamedLine } from "../identities/identity-names.js";
import type { CheckRules } from "../rules/check-rules.js";
import { type DiffLine, diffLines } from "./diff-lines.js";
import { areAlike } from "./tolerance.js";
import { compareUnordered } from "./unordered.js";

/** The lines in which `fresh` differs from `stored`, with those around them; empty when it does not. */
export function compareLines(stored: NamedLine[], fresh: NamedLine[], rules: CheckRules): DiffLine[] {
  const areEqual = (a: NamedLine, b: NamedLine): boolean => areAlike(a, b, rules);
  if (rules.order === "unordered") {
    return compareUnordered(stored, fresh, rules);
  }
  if (rules.order === "interleaved") {
    return onlyIfDifferent(diffLines(byWorker(stored), byWorker(fresh), areEqual));
  }
  return onlyIfDifferent(diffLines(stored, fresh, areEqual));
}

function onlyIfDifferent(lines: DiffLine[]): DiffLine[] {
  return lines.some(({ mark }) => mark !== " ") ? lines : [];
}

/** The lines of each worker together and in their order; a line belongs to the first process it names, or to none. */
function byWorker(lines: NamedLine[]): NamedLine[] {
  const workerOf = ({ names }: NamedLine): number => names.find(({ kind }) => kind === "pid")?.number ?? 0;
  return lines.toSorted((a, b) => workerOf(a) - workerOf(b));
}
