import type { Command } from "commander";

export function addFormatCommand(program: Command): void {
  program
    .command("format")
    .description("mend notebooks: format, ids, metadata; and name what cannot be mended")
    .argument("<path...>", "notebooks, or folders of notebooks")
    .option("--check", "only name what is not in order")
    .action(async (paths: string[], options: { check?: boolean }) => {
      const { formatNotebooks } = await import("./format-notebooks.js");
      process.exitCode = await formatNotebooks(paths, options);
    });
}
