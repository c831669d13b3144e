import type { NormaliserName } from "../normalisers/normalisers.js";

/** The rules by which the outputs of one cell are compared. */
export interface CheckRules {
  normalisers: Record<NormaliserName, boolean>;
  replace: Replacement[];
  rtol: number;
  atol: number;
  images: "exact" | "size" | "ignore";
  order: "exact" | "unordered" | "interleaved";
  output: "compare" | "ignore";
}

/** A normaliser of one's own, in the words of `String.prototype.replace`; it replaces every match. */
export interface Replacement {
  pattern: string;
  replacement: string;
  flags?: string;
}

/** The settings that `poolbook.check` may hold in package.json and in the metadata of a notebook or a cell. */
export interface CheckSettings extends Partial<Omit<CheckRules, "normalisers">> {
  normalisers?: Partial<CheckRules["normalisers"]>;
}

/** Settings, and in words where they stand. */
export interface RuleLayer {
  source: string;
  settings: CheckSettings;
}
