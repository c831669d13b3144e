import type { RunOptions } from "../../runner/index.js";

/** Options of checking a notebook's types. */
export interface TypesOptions extends Pick<RunOptions, "parameters" | "allowUnknown" | "kernelName"> {
  /** Takes verdicts from an earlier process, and keeps them for later ones, in the user's cache folder. Default: true. */
  cache?: boolean;
}
