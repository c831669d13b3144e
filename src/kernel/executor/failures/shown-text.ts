import { inspect } from "node:util";

/** The text that Node's REPL shows for a value, and some text for one that keeps itself from being shown. */
export function shownText(value: unknown): string {
  return (
    attempt(() => inspect(value)) ??
    attempt(() => inspect(value, { customInspect: false })) ??
    attempt(() => Reflect.apply(Object.prototype.toString, value, [])) ??
    "[it cannot be shown]"
  );
}

/** The result of `body`; undefined when it throws. */
export function attempt<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}
