import type { CheckSettings } from "../document/comparison/rules/check-rules.js";
import type { RunOptions } from "../runner/index.js";

/** Options of checking a notebook, and of running it for that. */
export interface CheckOptions
  extends Omit<RunOptions, "path" | "outputPath" | "prepareOnly" | "papermillMetadata" | "errorCell"> {
  /** Rules that are nearer than those of package.json, and farther than the notebook's own. Default: none. */
  settings?: CheckSettings;
  /** Writes the fresh outputs into the notebook where they differ, unless a cell failed. Default: false. */
  update?: boolean;
  /** The number of times that a notebook that is not equal is run again. Default: 0. */
  retries?: number;
}
