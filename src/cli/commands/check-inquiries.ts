import { cellName, checkRules, readSource } from "../../checker/check-notebook.js";
import { cellRules } from "../../document/comparison/rules/cell-rules.js";
import { isCodeCell, joinLines } from "../../document/notebook.js";
import { isStale } from "../../document/outputs/update-outputs.js";
import { describeError } from "../../runner/describe-error.js";
import { ExitCode } from "../exit-code.js";
import type { Input } from "../inputs/collect-inputs.js";
import { checkLayers } from "../options/check-layers.js";
import type { CheckOptions } from "./check-notebooks.js";

/** Answers `--explain` and `--list-stale` for each notebook, without executing any. Resolves with the exit code. */
export async function tellOfNotebooks(inputs: Input[], options: CheckOptions): Promise<number> {
  const answer = options.explain ? explain : listStale;
  let code: number = ExitCode.clean;
  for (const { file } of inputs) {
    try {
      const lines = await answer(file, options);
      if (lines.length > 0) {
        console.log([file, ...lines].join("\n"));
      }
      if (lines.length > 0 && options.listStale && !options.explain) {
        code = Math.max(code, ExitCode.failed);
      }
    } catch (error) {
      const text = describeError(error);
      console.error(text.startsWith(file) ? text : `${file}: ${text}`);
      code = ExitCode.couldNotRun;
    }
  }
  return code;
}

/** The rules that are not the default, for each cell that has some. */
async function explain(file: string, options: CheckOptions): Promise<string[]> {
  const source = await readSource(file);
  const layers = await checkLayers(file, options);
  checkRules(source, layers);
  const lines = source.notebook.cells.flatMap((cell, index) => {
    if (!isCodeCell(cell)) {
      return [];
    }
    const { reasons } = cellRules(source.notebook, cell, layers);
    const shown = reasons.map(({ setting, value, source }) => `    ${setting}: ${value}  (${source})`);
    return shown.length === 0 ? [] : [`  ${cellName(index, cell.id)}`, ...shown];
  });
  return [...lines, lines.length === 0 ? "  all cells: the defaults" : "  other cells: the defaults"];
}

async function listStale(file: string): Promise<string[]> {
  const { notebook } = await readSource(file);
  return notebook.cells.flatMap((cell, index) =>
    isCodeCell(cell) && joinLines(cell.source).trim() !== "" && isStale(cell)
      ? [`  ${cellName(index, cell.id)}`]
      : [],
  );
}
