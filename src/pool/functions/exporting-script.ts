import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AnyFunction } from "../function-types.js";
import type { ModulePart } from "../wire/function-parts.cjs";
import { scriptOf } from "./analysis/closure.js";
import { notebookExports } from "./notebook-exports.js";

const require = createRequire(import.meta.url);

/**
 * Finds the ECMAScript module that exports a function. Its loader tells nobody what is loaded, but the function
 * knows its script. The main script does not count: a worker must not run it again.
 */
export function exportedFrom(fn: AnyFunction): ModulePart | undefined {
  if (notebookExports()) {
    return undefined;
  }
  const url = scriptOf(fn);
  if (!url?.startsWith("file:") || !/\.[cm]?js$/.test(url)) {
    return undefined;
  }
  const module = fileURLToPath(url);
  if (module === process.argv[1]) {
    return undefined;
  }
  for (const [member, value] of Object.entries(loaded(module))) {
    if (value === fn) {
      return { kind: "module", module, member };
    }
  }
  return undefined;
}

function loaded(module: string): object {
  try {
    return require(module);
  } catch {
    return {};
  }
}
