import path from "node:path";
import type { Input } from "../inputs/collect-inputs.js";
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

/** Stands for stdin among the inputs, and for stdout as an output. */
export const standardStream = "-";

/** Where the executed notebook is saved; undefined when it is not, or goes to stdout. */
export function outputPathOf({ file, relative }: Input, options: RunCommandOptions): string | undefined {
  if (options.inplace) {
    return file;
  }
  if (options.outputDir !== undefined) {
    return path.join(options.outputDir, relative);
  }
  return options.output === standardStream ? undefined : options.output;
}
