import type { NamedLine } from "../identities/identity-names.js";
import { type DiffLine, marked } from "./diff-lines.js";
import { areAlike, isTolerant, type Tolerance } from "./tolerance.js";

/** The lines that have no counterpart on the other side, wherever they stand. */
export function compareUnordered(stored: NamedLine[], fresh: NamedLine[], tolerance: Tolerance): DiffLine[] {
  const unmatched = new Map<string, number>();
  for (const { text } of fresh) {
    unmatched.set(text, (unmatched.get(text) ?? 0) + 1);
  }
  const missing = stored.filter(({ text }) => !take(unmatched, text));
  const extra = fresh.filter(({ text }) => take(unmatched, text));
  const [lost, unexpected] = isTolerant(tolerance) ? matchClose(missing, extra, tolerance) : [missing, extra];
  return [...marked("-", lost), ...marked("+", unexpected)];
}

function take(counts: Map<string, number>, line: string): boolean {
  const count = counts.get(line) ?? 0;
  if (count > 0) {
    counts.set(line, count - 1);
  }
  return count > 0;
}

/** The lines that are left when as many as possible are paired with a close one (augmenting paths in a bipartite graph). */
function matchClose(
  stored: NamedLine[],
  fresh: NamedLine[],
  tolerance: Tolerance,
): [NamedLine[], NamedLine[]] {
  const partners = new Array<NamedLine | undefined>(fresh.length);
  const pair = (line: NamedLine, tried: Set<number>): boolean =>
    fresh.some((candidate, position) => {
      if (tried.has(position) || !areAlike(line, candidate, tolerance)) {
        return false;
      }
      tried.add(position);
      const other = partners[position];
      if (other !== undefined && !pair(other, tried)) {
        return false;
      }
      partners[position] = line;
      return true;
    });
  const lost = stored.filter((line) => !pair(line, new Set()));
  return [lost, fresh.filter((_, position) => partners[position] === undefined)];
}
