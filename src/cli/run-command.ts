import { type Command, InvalidArgumentError } from "commander";
import { addParameterOptions } from "./parameter-options.js";
import type { RunCommandOptions } from "./run-command-options.js";

export function addRunCommand(program: Command): void {
  const command = program
    .command("run")
    .description("execute notebooks, each on a fresh kernel, and save what came out")
    .argument("<path...>", "notebooks, or folders of notebooks; - reads one from stdin")
    .option("-o, --output <file>", "where the executed notebook is written; - writes it to stdout")
    .option("--output-dir <dir>", "where the executed notebooks are written")
    .option("--inplace", "write the executed notebooks over their sources")
    .option("--prepare-only", "set the parameters and write the notebook, but execute nothing")
    .option("-k, --kernel <name>", "the kernelspec to use; default: the notebook's")
    .option("--cwd <dir>", "the kernel's working directory; default: the notebook's folder");
  addParameterOptions(command)
    .option("--start-timeout <seconds>", "how long a kernel may take to answer", seconds, 60)
    .option("--cell-timeout <seconds>", "how long a cell may take", seconds)
    .option("--notebook-timeout <seconds>", "how long all cells of a notebook may take", seconds)
    .option("--allow-errors", "go on behind a cell that failed; the exit code is still 1")
    .option("--exit-zero", "exit 0 though cells failed")
    .option("--from <cell>", "the first cell to run, counted among all cells from 1", count)
    .option("--to <cell>", "the last cell to run", count)
    .option("-j, --jobs <number>", "how many notebooks run at a time; default: one for each core", count)
    .option("--server-url <url>", "run the kernels on this Jupyter server; default: on this machine")
    .option("--token-env <name>", "the environment variable that holds the server's token")
    .option("--log-output", "show what the cells print")
    .option("--json", "print the results as JSON")
    .option("--quiet", "tell of failures only")
    .action(async (paths: string[], options: RunCommandOptions) => {
      const { run } = await import("./run.js");
      process.exitCode = await run(paths, options);
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number of seconds above 0.");
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError("Expected a whole number of at least 1.");
}
