import { type Command, InvalidArgumentError } from "commander";
import type { Parameters } from "../../document/parameters/parameter-value.js";
import type { RunOptions } from "../../runner/index.js";
import { addClusterOptions, type ClusterChoice } from "./cluster-options.js";
import { addParameterOptions, type ParameterOptions, readParameters } from "./parameter-options.js";
import { type ServerChoice, serverOptions } from "./server-options.js";

/**
 * Seconds. CI services take ten minutes without a word for a job that hangs (CircleCI's `no_output_timeout`, Travis' build time-out); a
 * cell that takes longer says so in its notebook, or the command line does.
 */
const limitInCi = 600;

/** The options of executing notebooks, as the command line gives them. */
export interface ExecutionOptions extends ParameterOptions, ServerChoice, ClusterChoice {
  kernel?: string;
  cwd?: string;
  startTimeout: number;
  cellTimeout?: number;
  notebookTimeout?: number;
  continueAfterTimeout?: boolean;
  events?: string;
  cache?: string;
  allowErrors?: boolean;
  allowUnknown?: boolean;
  from?: number;
  to?: number;
  jobs?: number;
}

export function addExecutionOptions(command: Command): Command {
  command
    .option("-k, --kernel <name>", "the kernelspec to use; default: the notebook's")
    .option("--cwd <dir>", "the kernel's working directory; default: the notebook's folder");
  addParameterOptions(command)
    .option("--start-timeout <seconds>", "how long a kernel may take to answer", seconds, 60)
    .option(
      "--cell-timeout <seconds>",
      `how long a cell may take, 0 for no limit; default: what the notebook says, in CI ${limitInCi}`,
      limit,
    )
    .option("--continue-after-timeout", "go on behind a cell that took too long; the exit code is still 1")
    .option("--notebook-timeout <seconds>", "how long all cells of a notebook may take", seconds)
    .option("--allow-errors", "go on behind a cell that failed; the exit code is still 1")
    .option("--from <cell>", "the first cell to run, counted among all cells from 1", count)
    .option("--to <cell>", "the last cell to run", count)
    .option(
      "-j, --jobs <number>",
      "how many notebooks run at a time; default: one for each core, with --cluster all",
      count,
    )
    .option("--server-url <url>", "run the kernels on this Jupyter server; default: on this machine")
    .option(
      "--cache <dir>",
      "do not run again what ran well and has not changed, by the results kept in this folder",
    )
    .option("--events <file>", "write each step as a line of JSON while it runs; - for stdout")
    .option("--token-env <name>", "the environment variable that holds the server's token");
  return addClusterOptions(command);
}

/** The options as the runner knows them, with `parameters`, or those that they name. Throws UsageError and ParameterError. */
export async function runOptionsOf(options: ExecutionOptions, parameters?: Parameters): Promise<RunOptions> {
  const { kernel, cwd, startTimeout, cellTimeout, notebookTimeout, allowErrors, allowUnknown, from, to } =
    options;
  const isInCi = !["", "0", "false"].includes(process.env.CI ?? "");
  return {
    kernelName: kernel,
    cwd,
    startTimeout,
    cellTimeout,
    ...(isInCi && { defaultCellTimeout: limitInCi }),
    continueAfterTimeout: options.continueAfterTimeout,
    notebookTimeout,
    allowErrors,
    allowUnknown,
    from,
    to,
    server: serverOptions(options),
    parameters: parameters ?? (await readParameters(options)),
  };
}

/** Seconds; papermill and nbclient say -1 for no limit, too. */
function limit(text: string): number {
  return ["0", "-1"].includes(text.trim()) ? Number.POSITIVE_INFINITY : seconds(text);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) {
    return value;
  }
  throw new InvalidArgumentError("Expected a number of seconds above 0.");
}

export function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) {
    return value;
  }
  throw new InvalidArgumentError("Expected a whole number of at least 1.");
}

export function retries(text: string): number {
  return text.trim() === "0" ? 0 : count(text);
}
