import type { Command } from "commander";
import { addSelectionOptions } from "../options/selection-options.js";
import type { FormatOptions } from "./format-notebooks.js";

export function addFormatCommand(program: Command): void {
  const command = program
    .command("format")
    .description("mend notebooks: format, ids, times of runs; and name what cannot be mended")
    .argument("<path...>", "notebooks, or folders of notebooks")
    .option("--check", "only name what is not in order")
    .option("--strip-outputs", "only take outputs away; - reads stdin and writes stdout, as a filter of git");
  addSelectionOptions(command).action(async (paths: string[], options: FormatOptions) => {
    const { formatNotebooks } = await import("./format-notebooks.js");
    process.exitCode = await formatNotebooks(paths, options);
  });
}
