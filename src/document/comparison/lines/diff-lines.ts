import { diffArrays } from "diff";

/** A line of a comparison: in both, in the stored output only, or in the fresh one only. */
export interface DiffLine {
  mark: " " | "-" | "+";
  text: string;
}

// Beyond so many changed lines the shortest way from one text to the other is of no use to a reader, and slow to find.
const mostEdits = 1000;

/** The lines of both sides, marked; one that is in both, by `areEqual`, is shown as it is in `fresh`. */
export function diffLines<Line extends { text: string }>(
  stored: Line[],
  fresh: Line[],
  areEqual: (stored: Line, fresh: Line) => boolean,
): DiffLine[] {
  const changes = diffArrays(stored, fresh, { comparator: areEqual, maxEditLength: mostEdits });
  if (!changes) {
    return [...marked("-", stored), ...marked("+", fresh)];
  }
  return changes.flatMap(({ value, added, removed }) => marked(added ? "+" : removed ? "-" : " ", value));
}

export function marked(mark: DiffLine["mark"], lines: { text: string }[]): DiffLine[] {
  return lines.map(({ text }) => ({ mark, text }));
}
