import type { Command } from "commander";
import { addReportedCheckOptions } from "../../options/check-options.js";
import { count } from "../../options/execution-options.js";
import { addParameterOptions } from "../../options/parameter-options.js";
import type { TypecheckCommandOptions } from "../../options/types-options.js";

export function addTypecheckCommand(program: Command): void {
  const command = program
    .command("typecheck")
    .description("check the types of notebooks' cells as the kernel would, and execute nothing")
    .argument("<path...>", "notebooks, or folders of notebooks")
    .option("-k, --kernel <name>", "take the notebooks for those of this kernel: tslab or jslab")
    .option("--emit <dir>", "write each notebook as the .ts that was checked")
    .option("--no-cache", "take no verdicts from earlier runs, and keep none")
    .option(
      "-j, --jobs <number>",
      "how many notebooks are checked at a time, each on a thread of its own",
      count,
      1,
    );
  addParameterOptions(command);
  addReportedCheckOptions(command).action(async (paths: string[], options: TypecheckCommandOptions) => {
    const { typecheckNotebooks } = await import("./typecheck-notebooks.js");
    process.exitCode = await typecheckNotebooks(paths, options);
  });
}
