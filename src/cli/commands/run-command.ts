import type { Command } from "commander";
import { shard } from "../options/check-options.js";
import { addExecutionOptions, retries } from "../options/execution-options.js";
import { addReportOptions } from "../options/report-options.js";
import { addPapermillOptions, type RunCommandOptions } from "../options/run-options.js";
import { addSelectionOptions } from "../options/selection-options.js";

export function addRunCommand(program: Command): void {
  const command = program
    .command("run")
    .description("execute notebooks, each on a fresh kernel, and save what came out")
    .argument(
      "<path...>",
      "notebooks, or folders of notebooks; - reads one from stdin; or IN OUT, where OUT is new",
    )
    .option("-o, --output <file>", "where the executed notebook is written; - writes it to stdout")
    .option("--output-dir <dir>", "where the executed notebooks are written")
    .option("--inplace", "write the executed notebooks over their sources")
    .option("--prepare-only", "set the parameters and write the notebook, but execute nothing");
  addSelectionOptions(command);
  addExecutionOptions(command);
  addPapermillOptions(command)
    .option("--exit-zero", "exit 0 though cells failed")
    .option("--retries <number>", "how often a notebook that failed is run again", retries, 0)
    .option("--shard <i/n>", "only every n-th notebook, from the i-th on", shard)
    .option("--quiet", "tell of failures only");
  addReportOptions(command).action(async (paths: string[], options: RunCommandOptions) => {
    const { runNotebooks } = await import("./run-notebooks.js");
    process.exitCode = await runNotebooks(paths, options);
  });
}
