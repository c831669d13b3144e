import { inspect } from "node:util";

/** An answer in one short line. */
export function shown(value: unknown): string {
  if (value instanceof Error) {
    return String(value);
  }
  if (value instanceof Promise) {
    return "a promise";
  }
  if (Array.isArray(value)) {
    const items = value.slice(0, 12).map(shown);
    return `[${[...items, ...(value.length > items.length ? ["…"] : [])].join(", ")}]`;
  }
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80 });
}
