import type { Command } from "commander";
import { addReportedCheckOptions, type CheckCommandOptions } from "../../options/check-options.js";
import { addExecutionOptions, retries } from "../../options/execution-options.js";
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
  addExecutionOptions(command).option(
    "--retries <number>",
    "how often a notebook that is not equal is run again",
    retries,
    0,
  );
  addReportedCheckOptions(command).action(async (paths: string[], options: CheckCommandOptions) => {
    const { checkNotebooks } = await import("./check-notebooks.js");
    process.exitCode = await checkNotebooks(paths, options);
  });
}
