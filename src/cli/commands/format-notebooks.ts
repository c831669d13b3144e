import { stat } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { stripOutputs } from "../../document/edits/strip-outputs.js";
import { type Finding, findings, mend } from "../../document/hygiene.js";
import { notebookLinks } from "../../document/notebook-links.js";
import { type NotebookSource, readNotebookSource } from "../../document/notebook-source.js";
import { describeError } from "../../runner/describe-error.js";
import { readSource } from "../../runner/files/notebook-file.js";
import { replaceFile } from "../../runner/files/replace-file.js";
import { standardStream } from "../../runner/files/standard-stream.js";
import { ExitCode } from "../exit-code.js";
import { collectInputs } from "../inputs/collect-inputs.js";
import type { SelectionOptions } from "../options/selection-options.js";

export interface FormatOptions extends SelectionOptions {
  /** Mends nothing. */
  check?: boolean;
  /** Only takes outputs away. */
  stripOutputs?: boolean;
}

/** `poolbook format`: names what is not in order in notebooks, and mends what can be mended. Resolves with the exit code. */
export async function formatNotebooks(paths: string[], options: FormatOptions): Promise<number> {
  if (options.stripOutputs && paths.length === 1 && paths[0] === standardStream) {
    process.stdout.write(stripOutputs(readNotebookSource(await buffer(process.stdin))));
    return ExitCode.clean;
  }
  let code: number = ExitCode.clean;
  for (const { file } of await collectInputs(paths, options)) {
    try {
      const left = options.stripOutputs
        ? await strip(file)
        : await mendNotebook(file, options.check === true);
      if (left > 0) {
        code = Math.max(code, ExitCode.failed);
      }
    } catch (error) {
      console.error(`${file}: ${describeError(error, file)}`);
      code = ExitCode.couldNotRun;
    }
  }
  return code;
}

async function strip(file: string): Promise<0> {
  const source = await readSource(file);
  const text = stripOutputs(source);
  if (text !== source.text) {
    await replaceFile(file, text);
  }
  return 0;
}

/** Resolves with the number of findings that stay. */
async function mendNotebook(file: string, isCheck: boolean): Promise<number> {
  const source = await readSource(file);
  const found = [...findings(source), ...(await deadLinks(file, source))];
  const isMended = (finding: Finding): boolean => !isCheck && finding.mend !== undefined;
  if (found.some(isMended)) {
    await replaceFile(file, mend(source, found));
  }
  for (const finding of found) {
    const remark = isMended(finding) ? "  (mended)" : isCheck && finding.mend ? "  (can be mended)" : "";
    console.log(`${file}: ${finding.place}: ${finding.message}${remark}`);
  }
  return found.filter((finding) => !isMended(finding)).length;
}

async function deadLinks(file: string, { notebook }: NotebookSource): Promise<Finding[]> {
  const found = await Promise.all(
    notebookLinks(notebook).map(async ({ index, target }): Promise<Finding[]> => {
      const isThere = await stat(path.resolve(path.dirname(file), target)).then(
        (stats) => stats.isFile(),
        () => false,
      );
      return isThere ? [] : [{ place: `cells[${index}]`, message: `there is no notebook ${target}` }];
    }),
  );
  return found.flat();
}
