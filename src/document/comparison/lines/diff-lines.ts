import { diffArrays } from "diff";

/** A line of a comparison: in both, in the stored output only, or in the fresh one only. */
export interface DiffLine {
  mark: " " | "-" | "+";
  text: string;
}

// Beyond so many changed lines the shortest way from one text to the other is of no use to a reader, and slow to find.
const mostEdits = 1000;

/** How `fresh` differs from `stored`, line by line. */
export function diffLines(
  stored: string[],
  fresh: string[],
  areEqual: (stored: string, fresh: string) => boolean = (a, b) => a === b,
): DiffLine[] {
  const changes = diffArrays(stored, fresh, { comparator: areEqual, maxEditLength: mostEdits });
  if (!changes) {
    return [...marked("-", stored), ...marked("+", fresh)];
  }
  return changes.flatMap(({ value, added, removed }) => marked(added ? "+" : removed ? "-" : " ", value));
}

function marked(mark: DiffLine["mark"], lines: string[]): DiffLine[] {
  return lines.map((text) => ({ mark, text }));
}
