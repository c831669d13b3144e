import { createRequire } from "node:module";
import { sep } from "node:path";
import type { ModulePart } from "../../wire/function-parts.cjs";

const { cache } = createRequire(import.meta.url);

export interface LoadedModule {
  readonly path: string;
  readonly exports: unknown;
  readonly after?: readonly ModulePart[];
}

/**
 * The CommonJS modules that are loaded, those first that something outside of their package has asked for. An inner
 * file of a package is loaded after the one that was asked for, which may change what the inner one exports.
 */
export function loadedModules(): LoadedModule[] {
  const asked: LoadedModule[] = [];
  const inner: LoadedModule[] = [];
  const entries = new Map<string, string>();
  for (const [path, module] of Object.entries(cache)) {
    if (!module?.loaded || path === process.argv[1]) {
      continue;
    }
    const own = packageOf(path);
    const parent: unknown = Reflect.get(module, "parent");
    const asker = typeof parent === "object" && parent !== null ? Reflect.get(parent, "filename") : undefined;
    if (own === undefined || typeof asker !== "string" || packageOf(asker) !== own) {
      asked.push({ path, exports: module.exports });
      entries.set(own ?? "", path);
    } else {
      const entry = entries.get(own);
      const after = entry === undefined ? undefined : [{ kind: "module", module: entry, path: [] } as const];
      inner.push({ path, exports: module.exports, after });
    }
  }
  return [...asked, ...inner];
}

const modules = `${sep}node_modules${sep}`;

/** The folder of the installed package that a file belongs to; undefined for the user's own files. */
export function packageOf(path: string): string | undefined {
  const start = path.lastIndexOf(modules);
  if (start < 0) {
    return undefined;
  }
  const rest = path.slice(start + modules.length).split(sep);
  const [name = "", scoped = ""] = rest;
  return `${path.slice(0, start)}${modules}${name.startsWith("@") ? `${name}${sep}${scoped}` : name}`;
}
