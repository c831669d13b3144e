import { cellName } from "../../../document/cell-name.js";
import { isCodeCell, joinLines } from "../../../document/notebook.js";
import { isStale } from "../../../document/outputs/stale.js";
import { readSource } from "../../../runner/files/notebook-file.js";
import { ExitCode } from "../../exit-code.js";
import type { Input } from "../../inputs/collect-inputs.js";
import { tellOfEach } from "./tell-of-each.js";

/** `poolbook check --list-stale`: the cells that never ran. Resolves with the exit code. */
export async function listStale(inputs: Input[]): Promise<number> {
  const stale = async (file: string): Promise<string[]> => {
    const { notebook } = await readSource(file);
    return notebook.cells.flatMap((cell, index) =>
      isCodeCell(cell) && joinLines(cell.source).trim() !== "" && isStale(cell)
        ? [`  ${cellName(index + 1, cell.id)}`]
        : [],
    );
  };
  return await tellOfEach(inputs, stale, ExitCode.failed);
}
