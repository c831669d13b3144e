import { deepestJson } from "./json-tree.js";

/** The levels of a notebook above the value of a MIME type, or of a widget's trait, and some more. */
const levelsAround = 20;

/** A notebook with the value in an output, or in the state of a widget, could not be written, or not be read again. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = levelsAround; level.length > 0; depth++) {
    if (depth === deepestJson) {
      return true;
    }
    level = level.flatMap((container) => Object.values(container).filter(isNested));
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
