import type { CheckRules } from "../rules/check-rules.js";
import { type DiffLine, diffLines } from "./diff-lines.js";
import { areClose, isTolerant, type Tolerance } from "./tolerance.js";

/** How `fresh` differs from `stored`; empty when it does not. Both are normalised, with names for identities. */
export function compareLines(stored: string[], fresh: string[], rules: CheckRules): DiffLine[] {
  const areEqual = (a: string, b: string): boolean => areClose(a, b, rules);
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
function byWorker(lines: string[]): string[] {
  const groups = new Map<string, string[]>([["", []]]);
  for (const line of lines) {
    const worker = /<pid \d+>/.exec(line)?.[0] ?? "";
    const group = groups.get(worker);
    if (group) {
      group.push(line);
    } else {
      groups.set(worker, [line]);
    }
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap(([, group]) => group);
}

/** The lines that have no counterpart on the other side, wherever they stand. */
function compareUnordered(stored: string[], fresh: string[], tolerance: Tolerance): DiffLine[] {
  const unmatched = new Map<string, number>();
  for (const line of fresh) {
    unmatched.set(line, (unmatched.get(line) ?? 0) + 1);
  }
  const missing = stored.filter((line) => !take(unmatched, line));
  const extra = fresh.filter((line) => take(unmatched, line));
  const [lost, unexpected] = isTolerant(tolerance) ? matchClose(missing, extra, tolerance) : [missing, extra];
  return [
    ...lost.map((text): DiffLine => ({ mark: "-", text })),
    ...unexpected.map((text): DiffLine => ({ mark: "+", text })),
  ];
}

function take(counts: Map<string, number>, line: string): boolean {
  const count = counts.get(line) ?? 0;
  if (count > 0) {
    counts.set(line, count - 1);
  }
  return count > 0;
}

/** What is left when as many lines as possible are paired with a close one (augmenting paths in a bipartite graph). */
function matchClose(stored: string[], fresh: string[], tolerance: Tolerance): [string[], string[]] {
  const partners = new Array<number | undefined>(fresh.length);
  const pair = (index: number, tried: Set<number>): boolean =>
    fresh.some((line, candidate) => {
      if (tried.has(candidate) || !areClose(stored[index] ?? "", line, tolerance)) {
        return false;
      }
      tried.add(candidate);
      const other = partners[candidate];
      if (other !== undefined && !pair(other, tried)) {
        return false;
      }
      partners[candidate] = index;
      return true;
    });
  const lost = stored.filter((_, index) => !pair(index, new Set()));
  return [lost, fresh.filter((_, candidate) => partners[candidate] === undefined)];
}
