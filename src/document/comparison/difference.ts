import type { DiffLine } from "./lines/diff-lines.js";

/** Something that is not as it was stored. */
export interface Difference {
  /** Position among all cells, from 0, in the fresh notebook, or in the stored one where it is only there. */
  index: number;
  id?: string;
  kind: "missing-cell" | "extra-cell" | "status" | "type" | "missing" | "extra" | "changed";
  /** The thing that differs: `cell`, `stdout`, `stderr`, `error`, `result text/plain`, `display 2 image/png`. */
  part: string;
  /** One line that says how. */
  message: string;
  /** The difference of the texts, after normalising; empty where there is nothing to show. */
  lines: DiffLine[];
  /** The pictures, as data URLs, where the part is one. */
  pictures?: { stored?: string; fresh?: string };
}

/** A difference within a cell, without the cell. */
export type PartDifference = Omit<Difference, "index" | "id">;
