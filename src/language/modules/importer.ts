import nodeModule from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { types } from "node:util";
import { constants, Script } from "node:vm";
import { moduleResolve } from "import-meta-resolve";
import { isInstalled } from "../compiler/source-files.js";

/** The conditions of `exports` that Node takes for an `import`. */
const conditions = new Set(["node", "import", "module-sync"]);
const hasNoNamespace = /\.(?:[cm]?tsx?|json|node)$/;
const requiredAlways = /\.(?:[cm]?tsx?|cjs|json|node)$/;

/** Node's `import`, as a module in the notebook's folder has it. */
export interface Importer {
  /** The URL of a module; throws as Node does. */
  resolve(specifier: string): string;
  /** An ECMAScript module's namespace, a CommonJS module's `module.exports`. */
  load(specifier: string): Promise<unknown>;
  /** The result of `import()`: a namespace; of CommonJS with `__esModule`, and of what Node does not import, the exports. */
  loadNamespace(specifier: string): Promise<unknown>;
  /** The namespaces of the ECMAScript modules that were loaded, by their paths. */
  readonly modules: ReadonlyMap<string, object>;
}

/** `require` is that of the folder, which knows the user's own files in TypeScript and their aliases. */
export function createImporter(folder: string, require: NodeJS.Require): Importer {
  const modules = new Map<string, object>();
  const importer = join(folder, "cell.js");
  const byNode = new Script("(url) => import(url)", {
    filename: importer,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext();

  const resolve = (specifier: string): string => resolveImport(specifier, importer, require.resolve);
  const load = async (specifier: string): Promise<unknown> => {
    const url = resolve(specifier);
    const path = url.startsWith("file:") ? fileURLToPath(url) : undefined;
    if (path !== undefined && (requiredAlways.test(path) || !isInstalled(path))) {
      const required = requireCommonJs(require, path);
      if (required) {
        return required.exports;
      }
    }
    const module: object = await byNode(url);
    const inner = path === undefined ? undefined : require.cache[path];
    if (inner && !types.isModuleNamespaceObject(inner.exports)) {
      return inner.exports;
    }
    if (path !== undefined) {
      modules.set(path, module);
    }
    return module;
  };
  const loadNamespace = async (specifier: string): Promise<unknown> => {
    const loaded = await load(specifier);
    const url = resolve(specifier);
    return types.isModuleNamespaceObject(loaded) || Object(loaded).__esModule || hasNoNamespace.test(url)
      ? loaded
      : byNode(url);
  };
  return { resolve, load, loadNamespace, modules };
}

/** The URL of what an `import` in the file `importer` means. */
export function resolveImport(
  specifier: string,
  importer: string,
  byRequire: (specifier: string) => string,
): string {
  if (nodeModule.isBuiltin(specifier)) {
    return `node:${specifier.replace(/^node:/, "")}`;
  }
  if (/^\.{0,2}\//.test(specifier)) {
    return pathToFileURL(byRequire(specifier)).href;
  }
  try {
    return moduleResolve(specifier, pathToFileURL(importer), conditions).href;
  } catch (error) {
    // An alias of tsconfig.json, a folder of NODE_PATH, a package that the kernel brings.
    try {
      return pathToFileURL(byRequire(specifier)).href;
    } catch {
      throw error;
    }
  }
}

/** A module that is no ECMAScript module, which Node gives up to `require` again when the file has changed. */
function requireCommonJs(require: NodeJS.Require, path: string): { exports: unknown } | undefined {
  try {
    const exports: unknown = require(path);
    return types.isModuleNamespaceObject(exports) ? undefined : { exports };
  } catch (error) {
    const { code } = Object(error);
    if (code === "ERR_REQUIRE_ASYNC_MODULE" || code === "ERR_REQUIRE_ESM") {
      return undefined;
    }
    throw error;
  }
}

/** The `require` of a file that was written with `import`: of a package of both kinds it takes the one to be imported. */
export function importingRequire(require: NodeJS.Require, importer: string): NodeJS.Require {
  const importing = (specifier: string): unknown => {
    const url = resolveImport(specifier, importer, require.resolve);
    return require(url.startsWith("file:") ? fileURLToPath(url) : specifier);
  };
  return Object.assign(importing, require);
}
