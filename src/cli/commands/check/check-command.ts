import { type Command, InvalidArgumentError } from "commander";
import type { CheckCommandOptions, Shard } from "../../options/check-options.js";
import { addExecutionOptions, count } from "../../options/execution-options.js";
import { addRuleOptions } from "../../options/rule-options.js";

export function addCheckCommand(program: Command): void {
  const command = program
    .command("check")
    .description("execute notebooks and compare what comes out with the outputs stored in them")
    .argument("<path...>", "notebooks, or folders of notebooks")
    .option("--update", "write the fresh outputs into the notebooks, where they differ")
    .option("--list-stale", "only name the cells that have no stored outputs; execute nothing")
    .option("--explain", "only say which rules hold for which cell, and why; execute nothing");
  addRuleOptions(command);
  addExecutionOptions(command)
    .option("--retries <number>", "how often a notebook that is not equal is run again", retries, 0)
    .option("--shard <i/n>", "only every n-th notebook, from the i-th on", shard)
    .option("--changed-since <revision>", "only notebooks that have changed in git, or sources they import")
    .option("--watch", "check a notebook again whenever it is saved")
    .option("--junit <file>", "write the results as JUnit XML")
    .option("--html <file>", "write the results as a web page")
    .option("--json", "print the results as JSON")
    .action(async (paths: string[], options: CheckCommandOptions) => {
      const { checkNotebooks } = await import("./check-notebooks.js");
      process.exitCode = await checkNotebooks(paths, options);
    });
}

function retries(text: string): number {
  return text.trim() === "0" ? 0 : count(text);
}

function shard(text: string): Shard {
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const found = { index: Number(index), total: Number(total) };
  if (found.index >= 1 && found.index <= found.total) {
    return found;
  }
  throw new InvalidArgumentError("Expected i/n with i from 1 to n, such as 1/3.");
}
