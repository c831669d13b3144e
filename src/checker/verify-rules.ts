import { cellName } from "../document/cell-name.js";
import { cellRules } from "../document/comparison/rules/cell-rules.js";
import type { RuleLayer } from "../document/comparison/rules/check-rules.js";
import { CheckSettingsError } from "../document/comparison/rules/check-settings.js";
import type { Notebook } from "../document/notebook.js";

/** Throws CheckSettingsError when the rules of a cell are not understood, before anything is run. */
export function verifyRules(notebook: Notebook, layers: RuleLayer[]): void {
  for (const [index, cell] of notebook.cells.entries()) {
    try {
      cellRules(notebook, cell, layers);
    } catch (cause) {
      if (!(cause instanceof CheckSettingsError)) {
        throw cause;
      }
      throw new CheckSettingsError(`${cellName(index + 1, cell.id)}: ${cause.message}`, { cause });
    }
  }
}
