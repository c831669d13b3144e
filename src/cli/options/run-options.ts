import { type Command, InvalidArgumentError, Option } from "commander";
import type { Shard } from "./check-options.js";
import type { ExecutionOptions } from "./execution-options.js";
import type { ReportOptions } from "./report-options.js";
import type { SelectionOptions } from "./selection-options.js";

/** The options of `poolbook run`, as the command line gives them. */
export interface RunCommandOptions extends ExecutionOptions, SelectionOptions, ReportOptions {
  output?: string;
  outputDir?: string;
  inplace?: boolean;
  prepareOnly?: boolean;
  exitZero?: boolean;
  papermillMetadata?: boolean;
  errorCell?: boolean;
  reportMode?: boolean;
  autosaveCellEvery?: number;
  injectInputPath?: boolean;
  injectOutputPath?: boolean;
  injectPaths?: boolean;
  logOutput?: boolean;
  logLevel?: string;
  stdoutFile?: string;
  stderrFile?: string;
  quiet?: boolean;
  retries: number;
  shard?: Shard;
}

/** Adds the options that papermill has, too, under its names. */
export function addPapermillOptions(command: Command): Command {
  return command
    .option("--papermill-metadata", "write the metadata that papermill writes, too")
    .option("--error-cell", "put in cells that lead to the one that failed, as papermill does")
    .option("--report-mode", "hide the sources of code cells in what is written")
    .option(
      "--autosave-cell-every <seconds>",
      "save every so many seconds, also within a cell; 0 at the end only",
      interval,
    )
    .option("--inject-input-path", "set the parameter PAPERMILL_INPUT_PATH")
    .option("--inject-output-path", "set the parameter PAPERMILL_OUTPUT_PATH")
    .option("--inject-paths", "set both")
    .option("--log-output", "show what the cells print")
    .option("--stdout-file <file>", "write what the cells print to stdout into a file")
    .option("--stderr-file <file>", "write what the cells print to stderr into a file")
    .addOption(
      new Option(
        "--log-level <level>",
        "DEBUG shows what cells print, WARNING and above tell of failures only",
      ).choices(["NOTSET", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]),
    );
}

function interval(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) {
    return value;
  }
  throw new InvalidArgumentError("Expected a number of seconds, or 0.");
}
