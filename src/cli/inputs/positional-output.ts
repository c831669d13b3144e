import { stat } from "node:fs/promises";
import path from "node:path";
import { recordOf } from "../../document/record.js";
import { readNotebook } from "../../runner/files/notebook-file.js";
import { isStandardOutput, standardStream } from "../../runner/files/standard-stream.js";
import { canonicalPath } from "../../runner/files/target.js";
import type { RunCommandOptions } from "../options/run-options.js";
import { UsageError } from "../options/usage-error.js";

/**
 * Two paths as papermill has them, `IN OUT`: the second one is the output when it does not exist, or holds what an earlier run made
 * of the first. Throws UsageError where both exist and nothing says which of the two is meant.
 */
export async function withPositionalOutput(
  paths: string[],
  options: RunCommandOptions,
): Promise<{ paths: string[]; options: RunCommandOptions }> {
  const [input, output] = paths;
  const hasOutput = options.output !== undefined || options.outputDir !== undefined || options.inplace;
  if (input === undefined || output === undefined || paths.length !== 2 || hasOutput) {
    return { paths, options };
  }
  if ((await isFolder(input)) || (await isFolder(output)) || !(await isThere(input))) {
    return { paths, options };
  }
  if (!isStandardOutput(output) && (await isFile(output)) && !(await isMadeOf(input, output))) {
    throw new UsageError(
      `${input} and ${output} both exist: -o ${output} writes there what becomes of ${input}; --output-dir or --inplace run both`,
    );
  }
  return { paths: [input], options: { ...options, output } };
}

async function isThere(file: string): Promise<boolean> {
  return file === standardStream || (await stat(file).catch(() => undefined)) !== undefined;
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true;
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() === true;
}

/** The notebook in `output` says that it was made by running `input`, in poolbook's words or in papermill's. */
async function isMadeOf(input: string, output: string): Promise<boolean> {
  const notebook = await readNotebook(output).catch(() => undefined);
  const own = recordOf(notebook?.metadata.poolbook);
  if (typeof own.input === "string") {
    return (
      (await canonicalPath(path.resolve(path.dirname(output), own.input))) === (await canonicalPath(input))
    );
  }
  const { input_path, output_path } = recordOf(notebook?.metadata.papermill);
  return isNamedAs(input_path, input) && isNamedAs(output_path, output);
}

function isNamedAs(named: unknown, file: string): boolean {
  return typeof named === "string" && path.basename(named) === path.basename(file);
}
