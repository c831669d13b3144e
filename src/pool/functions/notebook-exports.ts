import type { Scope } from "./closure.js";

const globals = globalThis as { __tslab__?: { exports: Scope } };

/** What the cells of a notebook have declared so far; undefined outside a notebook. */
export function notebookExports(): Scope | undefined {
  return globals.__tslab__?.exports;
}
