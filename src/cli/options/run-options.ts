import type { ExecutionOptions } from "./execution-options.js";
import type { SelectionOptions } from "./selection-options.js";

/** The options of `poolbook run`, as the command line gives them. */
export interface RunCommandOptions extends ExecutionOptions, SelectionOptions {
  output?: string;
  outputDir?: string;
  inplace?: boolean;
  prepareOnly?: boolean;
  exitZero?: boolean;
  papermillMetadata?: boolean;
  errorCell?: boolean;
  logOutput?: boolean;
  json?: boolean;
  quiet?: boolean;
  stdoutFile?: string;
  stderrFile?: string;
}
