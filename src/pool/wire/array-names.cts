import { inspect } from "node:util";

/** An array has names besides its indices and length, which Node's `inspect` sees without listing those. */
export function hasNames(array: readonly unknown[]): boolean {
  const shown = inspect(array, {
    maxArrayLength: 0,
    showHidden: true,
    depth: 0,
    customInspect: false,
    breakLength: Number.POSITIVE_INFINITY,
  });
  return !/\[ \.\.\. \d+ more items?, \[length\]: \d+ \]$/.test(shown);
}
