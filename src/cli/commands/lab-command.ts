import type { Command } from "commander";
import type { LabCommandOptions } from "./open-lab.js";

export function addLabCommand(program: Command): void {
  program
    .command("lab")
    .description("open notebooks in JupyterLab, which is installed into .venv the first time")
    .argument("[folder]", "where JupyterLab starts", ".")
    .option("--no-browser", "do not open a browser")
    .option("--port <port>", "the port JupyterLab listens on")
    .action(async (folder: string, options: LabCommandOptions) => {
      const { openLab } = await import("./open-lab.js");
      process.exitCode = await openLab(folder, options);
    });
}
