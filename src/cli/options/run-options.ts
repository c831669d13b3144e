import type { ExecutionOptions } from "./execution-options.js";

/** The options of `poolbook run`, as the command line gives them. */
export interface RunCommandOptions extends ExecutionOptions {
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
}
