import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { describeError } from "../runner/describe-error.js";
import { addCheckCommand } from "./commands/check-command.js";
import { addDiffCommand } from "./commands/diff-command.js";
import { addFormatCommand } from "./commands/format-command.js";
import { addInspectCommand } from "./commands/inspect-command.js";
import { addRunCommand } from "./commands/run-command.js";
import { ExitCode } from "./exit-code.js";
import { joinPairs } from "./options/parameter-options.js";

/** Runs the command line `argv` (as in `process.argv`) and sets `process.exitCode`. */
export async function main(argv: string[]): Promise<void> {
  try {
    await program().parseAsync(joinPairs(argv));
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? ExitCode.clean : ExitCode.couldNotRun;
      return;
    }
    console.error(`poolbook: ${describeError(error)}`);
    process.exitCode = ExitCode.couldNotRun;
  }
}

function program(): Command {
  const program = new Command("poolbook")
    .description("Runs Jupyter notebooks headlessly, and opens them in JupyterLab")
    .version(version())
    .exitOverride();
  addRunCommand(program);
  addInspectCommand(program);
  addCheckCommand(program);
  addDiffCommand(program);
  addFormatCommand(program);
  program
    .command("lab")
    .description("open notebooks in JupyterLab, which is installed into .venv the first time")
    .argument("[folder]", "where JupyterLab starts", ".")
    .option("--no-browser", "do not open a browser")
    .option("--port <port>", "the port JupyterLab listens on")
    .action(async (folder: string, options) => {
      const { lab } = await import("./commands/open-lab.js");
      process.exitCode = await lab(folder, options);
    });
  program
    .command("kernel")
    .description("manage the TypeScript kernel")
    .command("install")
    .description("let a Jupyter find the kernel")
    .requiredOption("--prefix <dir>", "the prefix of that Jupyter, as its `sys.prefix` says")
    .action(async ({ prefix }: { prefix: string }) => {
      const { installKernelspec } = await import("../setup/install-kernelspec.js");
      console.log(`Installed the kernelspec into ${await installKernelspec(prefix)}`);
    });
  return program;
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
