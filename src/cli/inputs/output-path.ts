import path from "node:path";
import type { RunCommandOptions } from "../options/run-options.js";
import type { Input } from "./collect-inputs.js";

/** Stands for stdin among the inputs, and for stdout as an output. */
export const standardStream = "-";

/** The file in which the executed notebook is saved; undefined when it is not, or goes to stdout. */
export function outputPathOf({ file, relative }: Input, options: RunCommandOptions): string | undefined {
  if (options.inplace) {
    return file;
  }
  if (options.outputDir !== undefined) {
    return path.join(options.outputDir, relative);
  }
  return isStandardOutput(options.output) ? undefined : options.output;
}

/** `/dev/stdout` cannot be opened where stdout is a socket, so it is taken for what it means. */
export function isStandardOutput(output: string | undefined): boolean {
  return output === standardStream || output === "/dev/stdout";
}
