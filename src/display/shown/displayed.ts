import { inspect } from "node:util";

const displaySymbol = Symbol.for("Jupyter.display");

/** Something that a notebook shows in its own way where it is a cell's last expression, or given to `display`. */
export interface Displayed {
  /** The text that it was made of. */
  toString(): string;
  [Symbol.toPrimitive](): string;
}

/** Shows `bundle`, data by MIME type; `text` is what it is elsewhere. */
export function displayed(bundle: Record<string, unknown>, text: string): Displayed {
  return Object.defineProperties({} as Displayed, {
    toString: { value: () => text },
    [Symbol.toPrimitive]: { value: () => text },
    [inspect.custom]: { value: () => text },
    [displaySymbol]: { value: () => ({ "text/plain": text, ...bundle }) },
  });
}
