import { executionTags } from "../../document/comparison/rules/cell-rules.js";
import { cellRule } from "../../document/execution-rules.js";
import { type CodeCell, isCodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import { injectParameters } from "../../document/parameters/inject-parameters.js";
import { findLanguage } from "../../document/parameters/languages/find-language.js";
import type { Parameters } from "../../document/parameters/parameter-value.js";

/** A code cell that would run, in the order in which it would. */
export interface CheckedSource {
  cell: CodeCell;
  /** Position among all cells of the file, from 1; that of the cell before for parameters that were put in. */
  number: number;
  isInjected: boolean;
  isSkipped: boolean;
  source: string;
}

/** Throws ParameterError when the notebook does not declare a parameter. */
export function checkedCells(
  notebook: Notebook,
  language: "typescript" | "javascript",
  { parameters = {}, allowUnknown }: { parameters?: Parameters; allowUnknown?: boolean },
): CheckedSource[] {
  const copy = { ...notebook, cells: [...notebook.cells] };
  injectParameters(copy, parameters, { language: findLanguage(language), allowUnknown });
  const sources: CheckedSource[] = [];
  let number = 0;
  for (const cell of copy.cells) {
    const isInjected = !notebook.cells.includes(cell);
    const replaced = isInjected && copy.cells.length === notebook.cells.length;
    number += isInjected && !replaced ? 0 : 1;
    if (isCodeCell(cell)) {
      const tags = [...(cell.metadata.tags ?? []), ...executionTags(notebook, cell)];
      const { isSkipped } = cellRule({ ...cell, metadata: { ...cell.metadata, tags } });
      sources.push({ cell, number, isInjected, isSkipped, source: joinLines(cell.source) });
    }
  }
  return sources;
}
