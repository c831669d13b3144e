import path from "node:path";
import { text } from "node:stream/consumers";
import type { Notebook } from "../../document/notebook.js";
import { parseNotebook } from "../../document/parse-notebook.js";
import { readNotebook } from "../../runner/files/notebook-file.js";
import type { RunCommandOptions } from "../options/run-options.js";
import { UsageError } from "../options/usage-error.js";
import { collectInputs, type Input } from "./collect-inputs.js";
import { outputPathOf, standardStream } from "./output-path.js";

export interface NotebookInput extends Input {
  /** Rejects with NotebookFormatError, or the file system's error. */
  read(): Promise<Notebook>;
}

/** The notebooks that a command line names. Throws UsageError when its options do not fit together. */
export async function runInputs(paths: string[], options: RunCommandOptions): Promise<NotebookInput[]> {
  if (paths.length === 1 && paths[0] === standardStream) {
    const stdin = { file: standardStream, relative: "stdin.ipynb" };
    checkOptions([stdin], options);
    const notebook = parseNotebook(await text(process.stdin));
    return [{ ...stdin, read: async () => notebook }];
  }
  const inputs = await collectInputs(paths);
  checkOptions(inputs, options);
  return inputs.map((input) => ({ ...input, read: () => readNotebook(input.file) }));
}

function checkOptions(inputs: Input[], options: RunCommandOptions): void {
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
    checkOutputs(inputs, options);
  }
}

/** Two notebooks must not be written to the same place, nor one over a notebook that is to be run. */
function checkOutputs(inputs: Input[], options: RunCommandOptions): void {
  const sources = new Set(inputs.map(({ file }) => path.resolve(file)));
  const taken = new Map<string, string>();
  for (const input of inputs) {
    const place = outputPathOf(input, options);
    if (place === undefined) {
      continue;
    }
    const output = path.resolve(place);
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
