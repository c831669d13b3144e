import { inspect } from "node:util";

/** A value in an error's message, on one line. */
export function shownValue(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
}
