import type { Command } from "commander";

export function addConvertCommands(program: Command): void {
  program
    .command("export")
    .description("write a notebook as a source file in percent format, as Markdown, or as a page")
    .argument("<file>", "the notebook")
    .requiredOption("--to <format>", "ts, js or py (as the cells are), md, or html")
    .option("--no-input", "with html: leaves the code out")
    .option("-o, --output <file>", "where it is written; default: stdout")
    .action(async (file: string, options: { to: string; output?: string; input: boolean }) => {
      const { exportNotebook } = await import("./convert-notebooks.js");
      await exportNotebook(file, options);
    });
  program
    .command("import")
    .description("make a notebook of a source file in percent format")
    .argument("<file>", "the source file, whose ending tells its language")
    .option("-o, --output <file>", "where the notebook is written; default: stdout")
    .action(async (file: string, options: { output?: string }) => {
      const { importNotebook } = await import("./convert-notebooks.js");
      await importNotebook(file, options);
    });
}
