import * as vm from "node:vm";
import { type ConvertedCell, type MapFrame, reachedName } from "../../../language/index.js";
import { OwnMap } from "../../shared/own-collections.js";
import { sayPlaceInCell } from "./cell-syntax.js";

/** Name of the function around a cell's text; stack traces leave it out. */
export const wrapperName = "runCell";

export type CellFunction = (
  exports: Record<string, unknown>,
  require: NodeJS.Require,
  __filename: string,
  __dirname: string,
  /** Gets the names of the variables that are declared so far. */
  reached: Record<string, unknown>,
) => unknown;

const texts = new OwnMap<string, string>();

/** The text that V8 runs of the latest cell of this name. */
export function compiledText(fileName: string): string | undefined {
  return texts.get(fileName);
}

/**
 * Makes a function of a converted cell, where `let` and `const` are local and a loop is fast. The text stands in a
 * function of its own, so that it may declare the names of the parameters.
 */
export function compile(cell: ConvertedCell, fileName: string, mapFrame: MapFrame): CellFunction {
  const prefix = `(function ${wrapperName}(exports, require, __filename, __dirname, ${reachedName}) { return (${
    cell.hasTopLevelAwait ? "async " : ""
  }function () { `;
  const text = `${prefix}${cell.output}\n})(); })`;
  texts.set(fileName, text);
  try {
    const script = new vm.Script(text, {
      filename: fileName,
      columnOffset: -prefix.length,
      importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    return script.runInThisContext();
  } catch (error) {
    sayPlaceInCell(error, cell.source ?? "", mapFrame);
    throw error;
  }
}
