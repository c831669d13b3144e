import { dirname } from "node:path";
import type { OwnModule, OwnModules } from "../wire/function-parts.cjs";

type Loaded = NodeJS.Module & { _compile(code: string, path: string): void };
type Load = (module: Loaded, path: string) => void;

interface ModuleInternals {
  _cache: Record<string, NodeJS.Module | undefined>;
  _extensions: Record<string, Load | undefined>;
  _resolveFilename(request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]): string;
}

const files = new Map<string, OwnModule>();
const resolutions = new Map<string, string>();
let internals: ModuleInternals | undefined;

/** Has `require` load the user's own modules by these texts; those that have changed are loaded again. */
export function learnOwnModules(modules: OwnModules): void {
  internals ??= install();
  for (const [folder, request, path] of modules.resolutions) {
    resolutions.set(keyOf(folder, request), path);
  }
  const changed = modules.files.filter((file) => {
    const known = files.get(file.path);
    return known && (known.version !== file.version || known.code !== file.code);
  });
  for (const file of modules.files) {
    files.set(file.path, file);
  }
  unload(internals, new Set(changed.map(({ path }) => path)));
}

/** With all that have loaded them. */
function unload({ _cache: cache }: ModuleInternals, paths: Set<string>): void {
  for (const path of paths) {
    delete cache[path];
    for (const module of Object.values(cache)) {
      if (module && files.has(module.id) && module.children.some(({ id }) => id === path)) {
        paths.add(module.id);
      }
    }
  }
}

function install(): ModuleInternals {
  const found = require("node:module") as ModuleInternals;
  const resolve = found._resolveFilename;
  found._resolveFilename = (request, parent, ...rest) =>
    resolutions.get(keyOf(dirname(parent?.filename ?? ""), request)) ?? resolve(request, parent, ...rest);
  for (const extension of [".ts", ".tsx", ".mts", ".cts", ".js"]) {
    const before = found._extensions[extension];
    found._extensions[extension] = (module, path) => {
      const code = files.get(path)?.code;
      if (code !== undefined) {
        module._compile(code, path);
      } else if (before && (extension === ".js" || path.includes("node_modules"))) {
        before(module, path);
      } else {
        throw new Error(
          `Cannot load ${path} in a worker: no cell has loaded it; import it in a cell, or by a literal name`,
        );
      }
    };
  }
  return found;
}

function keyOf(folder: string, request: string): string {
  return `${folder}\n${request}`;
}
