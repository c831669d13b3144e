import { buffer } from "node:stream/consumers";
import { decodeText } from "../../document/decode-text.js";
import type { Notebook } from "../../document/notebook.js";
import type { Parameters } from "../../document/parameters/parameter-value.js";
import { parseNotebook } from "../../document/parse-notebook.js";
import { lookOf } from "../../runner/files/file-look.js";
import { readNotebook } from "../../runner/files/notebook-file.js";
import { isStandardInput, standardStream } from "../../runner/files/standard-stream.js";
import type { RunCommandOptions } from "../options/run-options.js";
import { assertOutputs } from "./assert-outputs.js";
import { collectInputs, type Input } from "./collect-inputs.js";
import { fillIn, withTemplates } from "./path-templates.js";
import { withPositionalOutput } from "./positional-output.js";

export interface NotebookInput extends Input {
  /** Rejects with NotebookFormatError, the file system's error, or what `signal` aborts with. */
  read(signal: AbortSignal): Promise<Notebook>;
  /** True when its file holds something else than what was read last. */
  hasChanged(): Promise<boolean>;
}

export interface RunInputs {
  inputs: NotebookInput[];
  /** The options with the output that the paths have named, and with its templates filled in. */
  options: RunCommandOptions;
}

/** The notebooks that a command line names. Throws UsageError when its parts do not fit together. */
export async function runInputs(
  paths: string[],
  given: RunCommandOptions,
  parameters: Parameters,
): Promise<RunInputs> {
  const filled = paths.map((each) => fillIn(each, parameters));
  const positional = await withPositionalOutput(filled, withTemplates(given, parameters));
  const { options } = positional;
  const [first] = positional.paths;
  if (positional.paths.length === 1 && isStandardInput(first)) {
    const stdin = { file: standardStream, relative: "stdin.ipynb" };
    await assertOutputs([stdin], options);
    const notebook = parseNotebook(decodeText(await buffer(process.stdin)));
    return { inputs: [{ ...stdin, read: async () => notebook, hasChanged: async () => false }], options };
  }
  const inputs = await collectInputs(positional.paths, options);
  await assertOutputs(inputs, options);
  return { inputs: inputs.map(fromFile), options };
}

function fromFile(input: Input): NotebookInput {
  let look: string | undefined;
  return {
    ...input,
    read: async (signal) => {
      look = await lookOf(input.file);
      return await readNotebook(input.file, signal);
    },
    hasChanged: async () => {
      const now = await lookOf(input.file);
      return now !== undefined && now !== look;
    },
  };
}
