import type { ExecutionOptions } from "./execution-options.js";
import type { RuleOptions } from "./rule-options.js";

/** One of `total` parts of all notebooks, counted from 1. */
export interface Shard {
  index: number;
  total: number;
}

/** The options of `poolbook check`, as the command line gives them. */
export interface CheckCommandOptions extends ExecutionOptions, RuleOptions {
  update?: boolean;
  listStale?: boolean;
  explain?: boolean;
  retries: number;
  shard?: Shard;
  changedSince?: string;
  watch?: boolean;
  junit?: string;
  html?: string;
  json?: boolean;
}
