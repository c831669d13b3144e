import { createRequire } from "node:module";
import type { ModulePart } from "../../wire/function-parts.cjs";
import { loadedCells } from "../notebook-modules.js";
import { isMadeHere } from "./loaders.js";
import { isMainScript } from "./main-script.js";
import { packageOf } from "./packages.js";

const { cache } = createRequire(import.meta.url);

export interface LoadedModule {
  readonly path: string;
  readonly exports: unknown;
  readonly after?: readonly ModulePart[];
}

/** By package, the module that something outside of it has asked for first. */
const entries = new Map<string, string>();

/**
 * The modules that are loaded and were not known yet: CommonJS ones, and those that are cells. Those come first that
 * something outside of their package has asked for. An inner file of a package is loaded after the one that was asked
 * for, which may change what the inner one exports.
 */
export function newModules(isKnown: (path: string, exports: unknown) => boolean): LoadedModule[] {
  const asked: LoadedModule[] = [];
  const inner: LoadedModule[] = [];
  for (const [path, module] of Object.entries(cache)) {
    if (!module?.loaded || isMainScript(path) || isKnown(path, module.exports)) {
      continue;
    }
    const own = packageOf(path);
    if (own === undefined && isMadeHere(path, module)) {
      continue;
    }
    if (own === undefined || packageOf(askerOf(module)) !== own) {
      asked.push({ path, exports: module.exports });
      if (own !== undefined && !entries.has(own)) {
        entries.set(own, path);
      }
    } else {
      const entry = entries.get(own);
      const after = entry === undefined ? undefined : [{ kind: "module", module: entry, path: [] } as const];
      inner.push({ path, exports: module.exports, after });
    }
  }
  const cells = loadedCells().map(([path, exports]) => ({ path, exports }));
  return [...asked, ...inner, ...cells.filter(({ path, exports }) => !isKnown(path, exports))];
}

function askerOf(module: NodeJS.Module): string {
  const parent: unknown = Reflect.get(module, "parent");
  const asker: unknown = typeof parent === "object" && parent !== null ? Reflect.get(parent, "filename") : "";
  return typeof asker === "string" ? asker : "";
}
