import { checkRules, readSource } from "../../checker/check-notebook.js";
import type { CellCheck } from "../../checker/notebook-check.js";
import { compareCells } from "../../document/comparison/compare-notebooks.js";
import { joinLines } from "../../document/notebook.js";
import { ExitCode } from "../exit-code.js";
import { checkLayers } from "../options/check-layers.js";
import type { RuleOptions } from "../options/rule-options.js";
import { describeCell } from "../reporters/check-lines.js";
import { Screen } from "../terminal/screen.js";

/** `poolbook diff`: compares the outputs of two executed notebooks, by the rules of the first. Resolves with the exit code. */
export async function diff(stored: string, fresh: string, options: RuleOptions): Promise<number> {
  const [old, now] = [await readSource(stored), await readSource(fresh)];
  const layers = await checkLayers(stored, options);
  checkRules(old, layers);
  const cells = compareCells(old.notebook, now.notebook, { layers }).map(
    ({ index, stored, fresh, differences, notes }): CellCheck => ({
      number: index + 1,
      id: (fresh ?? stored)?.id,
      source: joinLines((fresh ?? stored)?.source ?? ""),
      status: differences.length > 0 ? "different" : "equal",
      duration: 0,
      differences,
      notes,
    }),
  );
  const isEqual = cells.every(({ status }) => status === "equal");
  const screen = new Screen(process.stdout);
  for (const cell of cells) {
    for (const line of describeCell(fresh, cell, (style, text) => screen.style(style, text))) {
      screen.line(line);
    }
  }
  return isEqual ? ExitCode.clean : ExitCode.failed;
}
