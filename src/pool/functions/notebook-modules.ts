import type { OwnModules, Part } from "../wire/function-parts.cjs";
import { notebookExports, notebookSession } from "./notebook-exports.js";
import { isFunction } from "./objects.js";

/*
 * The user's own modules, compiled as the kernel compiles them, which hands them to us: a worker loads them by these
 * texts, with its own state, and what has changed since again.
 */

/** Those that a function with these parts may load; undefined if it loads none, or the kernel has none to give. */
export function ownModulesFor(parts: readonly Part[]): OwnModules | undefined {
  const ask = notebookSession()?.ownFiles;
  if (!notebookExports() || !isFunction(ask) || !parts.some(mayLoad)) {
    return undefined;
  }
  const requests = parts.flatMap((part) => (part.kind === "function" ? requestsIn(part.expression) : []));
  const given: unknown = ask(requests);
  return isOwnModules(given) && given.files.length > 0 ? given : undefined;
}

function mayLoad(part: Part): boolean {
  return part.kind === "require" || (part.kind === "module" && !part.module.startsWith("node:"));
}

/** The modules that a function requires or imports by a literal name. */
function requestsIn(expression: string): string[] {
  const calls = expression.matchAll(/\b(?:require|import\w*)\s*\(\s*(["'`])([^"'`]+)\1/g);
  return [...calls].flatMap(([, , request]) => request ?? []);
}

/** The modules that are cells, which Node's own list of loaded modules does not name. */
export function loadedCells(): [path: string, exports: unknown][] {
  const ask = notebookSession()?.loadedCells;
  const given: unknown = isFunction(ask) ? ask() : [];
  return Array.isArray(given) ? given : [];
}

function isOwnModules(value: unknown): value is OwnModules {
  return typeof value === "object" && value !== null && "files" in value && "resolutions" in value;
}
