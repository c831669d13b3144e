import { packageRules } from "../../../checker/package-rules.js";
import { verifyRules } from "../../../checker/verify-rules.js";
import { cellName } from "../../../document/cell-name.js";
import { normaliserNames } from "../../../document/comparison/normalisers/normalisers.js";
import { normalisersOf } from "../../../document/comparison/normalisers/normalisers-of.js";
import { cellRules } from "../../../document/comparison/rules/cell-rules.js";
import { isCodeCell } from "../../../document/notebook.js";
import { readSource } from "../../../runner/files/notebook-file.js";
import { ExitCode } from "../../exit-code.js";
import type { Input } from "../../inputs/collect-inputs.js";
import { type RuleOptions, ruleLayers } from "../../options/rule-options.js";
import { tellOfEach } from "./tell-of-each.js";

/** `poolbook check --explain`: the rules that are not the default, for each cell that has some. Resolves with the exit code. */
export async function explainRules(inputs: Input[], options: RuleOptions): Promise<number> {
  const own = ruleLayers(options);
  const explain = async (file: string): Promise<string[]> => {
    const { notebook } = await readSource(file);
    const layers = [...(await packageRules(file)), ...own];
    verifyRules(notebook, layers);
    const lines = notebook.cells.flatMap((cell, index) => {
      if (!isCodeCell(cell)) {
        return [];
      }
      const { rules, reasons } = cellRules(notebook, cell, layers);
      const used = normalisersOf(cell, rules);
      const shown = [
        ...reasons.map(({ setting, value, source }) => `    ${setting}: ${value}  (${source})`),
        ...(used.length > 0 ? [`    normalised in the stored outputs: ${used.join(", ")}`] : []),
      ];
      return shown.length === 0 ? [] : [`  ${cellName(index + 1, cell.id)}`, ...shown];
    });
    const others = lines.length === 0 ? "all cells" : "other cells";
    return [...lines, `  ${others}: the defaults, with the normalisers ${normaliserNames.join(", ")}`];
  };
  return await tellOfEach(inputs, explain, ExitCode.clean);
}
