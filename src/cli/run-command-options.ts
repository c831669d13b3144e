import path from "node:path";
import type { Input } from "./inputs.js";
import type { ParameterOptions } from "./parameter-options.js";

/** The options of `poolbook run`, as the command line gives them. */
export interface RunCommandOptions extends ParameterOptions {
  output?: string;
  outputDir?: string;
  inplace?: boolean;
  prepareOnly?: boolean;
  kernel?: string;
  cwd?: string;
  startTimeout: number;
  cellTimeout?: number;
  notebookTimeout?: number;
  allowErrors?: boolean;
  exitZero?: boolean;
  allowUnknown?: boolean;
  from?: number;
  to?: number;
  jobs?: number;
  serverUrl?: string;
  tokenEnv?: string;
  logOutput?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** Stands for stdin among the inputs, and for stdout as an output. */
export const STANDARD_STREAM = "-";

/** Where the executed notebook is saved; undefined when it is not, or goes to stdout. */
export function outputPathOf({ file, relative }: Input, options: RunCommandOptions): string | undefined {
  if (options.inplace) return file;
  if (options.outputDir !== undefined) return path.join(options.outputDir, relative);
  return options.output === STANDARD_STREAM ? undefined : options.output;
}
