import type { Command } from "commander";

export function addInspectCommand(program: Command): void {
  program
    .command("inspect")
    .description("list the parameters that a notebook declares")
    .argument("<file>", "the notebook")
    .option("-k, --kernel <name>", "the kernelspec whose language it is in; default: the notebook's")
    .option("--json", "print them as JSON")
    .action(async (file: string, options: { kernel?: string; json?: boolean }) => {
      const { inspectNotebook } = await import("./inspect-notebook.js");
      process.stdout.write(await inspectNotebook(file, options));
    });
}
