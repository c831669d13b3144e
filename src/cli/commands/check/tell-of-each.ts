import { describeError } from "../../../runner/describe-error.js";
import { ExitCode } from "../../exit-code.js";
import type { Input } from "../../inputs/collect-inputs.js";

/**
 * Prints the lines that `answer` gives for each notebook, and for one that cannot be read, why. Resolves with the exit code,
 * which is `codeOfLines` when there were lines.
 */
export async function tellOfEach(
  inputs: Input[],
  answer: (file: string) => Promise<string[]>,
  codeOfLines: number,
): Promise<number> {
  let code: number = ExitCode.clean;
  for (const { file } of inputs) {
    try {
      const lines = await answer(file);
      if (lines.length > 0) {
        console.log([file, ...lines].join("\n"));
        code = Math.max(code, codeOfLines);
      }
    } catch (error) {
      console.error(`${file}: ${describeError(error, file)}`);
      code = ExitCode.couldNotRun;
    }
  }
  return code;
}
