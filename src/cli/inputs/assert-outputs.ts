import { isStandardOutput, standardStream } from "../../runner/files/standard-stream.js";
import { identityOf, targetOf } from "../../runner/files/target.js";
import { filesByOption, type WrittenFiles } from "../options/report-options.js";
import type { RunCommandOptions } from "../options/run-options.js";
import { UsageError } from "../options/usage-error.js";
import type { Input } from "./collect-inputs.js";
import { type OutputOptions, outputPathOf } from "./output-path.js";

/** Throws UsageError where the outputs do not fit together, or to the inputs. */
export async function assertOutputs(inputs: Input[], options: RunCommandOptions): Promise<void> {
  const chosen = (["output", "outputDir", "inplace"] as const).filter((name) => options[name] !== undefined);
  if (chosen.length > 1) {
    throw new UsageError("--output, --output-dir and --inplace exclude each other");
  }
  if (options.output !== undefined && inputs.length > 1) {
    throw new UsageError("--output takes one notebook; use --output-dir for several");
  }
  if (options.inplace && inputs[0]?.file === standardStream) {
    throw new UsageError("--inplace needs a file, not stdin");
  }
  if (options.prepareOnly && chosen.length === 0) {
    throw new UsageError("--prepare-only needs an output");
  }
  if (!options.inplace) {
    await assertApart(inputs, options);
  }
}

/** Two notebooks must not be written to the same place, nor one over a notebook that is to be run. */
async function assertApart(inputs: Input[], options: RunCommandOptions): Promise<void> {
  const sources = new Set(await Promise.all(inputs.map(({ file }) => identityOf(file))));
  const taken = new Map<string, string>();
  for (const input of inputs) {
    const place = outputPathOf(input, options);
    if (place === undefined) {
      continue;
    }
    const output = await identityOf(place);
    const other = taken.get(output);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${input.file} would both be written to ${place}`);
    }
    if (sources.has(output)) {
      throw new UsageError(`${input.file} would be written over a notebook that is to be run; see --inplace`);
    }
    taken.set(output, input.file);
  }
}

/** Throws UsageError where a report would be written over a notebook, or over another report. */
export async function assertReportsApart(
  inputs: Input[],
  options: WrittenFiles,
  outputs: OutputOptions = {},
): Promise<void> {
  const notebooks = new Set<string>();
  for (const input of inputs) {
    notebooks.add(await identityOf(input.file));
    notebooks.add(await identityOf(outputPathOf(input, outputs) ?? input.file));
  }
  const taken = new Map<string, string>();
  for (const [option, file] of Object.entries(filesByOption(options))) {
    if (file === undefined || isStandardOutput(file) || (await targetOf(file)).kind === "stream") {
      continue;
    }
    const place = await identityOf(file);
    const other = taken.get(place);
    if (notebooks.has(place)) {
      throw new UsageError(`${option}: ${file} is a notebook of this run`);
    }
    if (other !== undefined) {
      throw new UsageError(`${other} and ${option} would both be written to ${file}`);
    }
    taken.set(place, option);
  }
}
