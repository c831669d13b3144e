import path from "node:path";
import { isStandardOutput } from "../../runner/files/standard-stream.js";
import type { RunCommandOptions } from "../options/run-options.js";
import type { Input } from "./collect-inputs.js";

export type OutputOptions = Pick<RunCommandOptions, "output" | "outputDir" | "inplace">;

/** The file in which the executed notebook is saved; undefined when it is not, or goes to stdout. */
export function outputPathOf({ file, relative }: Input, options: OutputOptions): string | undefined {
  if (options.inplace) {
    return file;
  }
  if (options.outputDir !== undefined) {
    return path.join(options.outputDir, relative);
  }
  return isStandardOutput(options.output) ? undefined : options.output;
}
