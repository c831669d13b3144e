import { type Command, InvalidArgumentError } from "commander";
import type { ExecutionOptions } from "./execution-options.js";
import { addReportOptions, type ReportOptions } from "./report-options.js";
import type { RuleOptions } from "./rule-options.js";
import { addSelectionOptions, type SelectionOptions } from "./selection-options.js";

/** One of `total` parts of all notebooks, counted from 1. */
export interface Shard {
  index: number;
  total: number;
}

/** Options of every command that checks notebooks: which, when, and what is told of it. */
export interface ReportedCheckOptions extends SelectionOptions, ReportOptions {
  shard?: Shard;
  changedSince?: string;
  watch?: boolean;
}

/** The options of `poolbook check`, as the command line gives them. */
export interface CheckCommandOptions extends ExecutionOptions, RuleOptions, ReportedCheckOptions {
  update?: boolean;
  listStale?: boolean;
  explain?: boolean;
  retries: number;
}

export function addReportedCheckOptions(command: Command): Command {
  addSelectionOptions(command)
    .option("--shard <i/n>", "only every n-th notebook, from the i-th on", shard)
    .option("--changed-since <revision>", "only notebooks that have changed in git, or sources they import")
    .option("--watch", "check a notebook again whenever it is saved");
  return addReportOptions(command);
}

export function shard(text: string): Shard {
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const found = { index: Number(index), total: Number(total) };
  if (found.index >= 1 && found.index <= found.total) {
    return found;
  }
  throw new InvalidArgumentError("Expected i/n with i from 1 to n, such as 1/3.");
}
