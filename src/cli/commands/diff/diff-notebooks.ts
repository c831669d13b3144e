import { cellCheck } from "../../../checker/cell-check.js";
import { packageRules } from "../../../checker/package-rules.js";
import { verifyRules } from "../../../checker/verify-rules.js";
import { compareCells } from "../../../document/comparison/compare-notebooks.js";
import { readSource } from "../../../runner/files/notebook-file.js";
import { ExitCode } from "../../exit-code.js";
import { type RuleOptions, ruleLayers } from "../../options/rule-options.js";
import { describeCell } from "../../reporters/check-lines.js";
import { Screen } from "../../terminal/screen.js";

/** `poolbook diff`: compares the outputs of two executed notebooks, by the rules of the first. Resolves with the exit code. */
export async function diffNotebooks(stored: string, fresh: string, options: RuleOptions): Promise<number> {
  const [old, now] = [await readSource(stored), await readSource(fresh)];
  const layers = [...(await packageRules(stored)), ...ruleLayers(options)];
  verifyRules(old.notebook, layers);
  const cells = compareCells(old.notebook, now.notebook, { layers }).map((cell) => cellCheck(cell));
  const isEqual = cells.every(({ differences }) => differences.length === 0);
  const screen = new Screen(process.stdout);
  for (const cell of cells) {
    for (const line of describeCell(fresh, cell, (style, text) => screen.style(style, text))) {
      screen.line(line);
    }
  }
  return isEqual ? ExitCode.clean : ExitCode.failed;
}
