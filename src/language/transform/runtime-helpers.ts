/*
 * Functions that compiled cells call. Their text, not the functions here, goes into a cell and finds there the cell's
 * own `require`, `exports` and the like; so they use nothing else of this file than each other.
 */

type Names = Record<string, unknown>;

declare const require: NodeJS.Require;
declare const exports: Names;
declare let __filename: string;
declare let __dirname: string;
declare let __tslab__: { exports: Names; afterInterrupt?: () => void };

export function createImportMeta__(): object {
  const { pathToFileURL } = require("node:url");
  return {
    url: pathToFileURL(__filename).href,
    filename: __filename,
    dirname: __dirname,
    // A cell is part of the program, a module that it imports is not.
    main: typeof module === "undefined",
    resolve(name: string): string {
      return require("node:module").isBuiltin(name)
        ? `node:${name.replace(/^node:/, "")}`
        : pathToFileURL(require.resolve(name)).href;
    },
  };
}

export function defaultOf__(module: { __esModule?: boolean; default?: unknown } | undefined): unknown {
  return module?.__esModule ? module.default : module;
}

export function namespaceOf__(module: Names): Names {
  if (module?.__esModule || require("node:util").types.isModuleNamespaceObject(module)) {
    return module;
  }
  const namespace: Names = { default: module };
  for (const name of Object.getOwnPropertyNames(Object(module))) {
    if (!(name in namespace)) {
      Object.defineProperty(namespace, name, { enumerable: true, get: () => module[name] });
    }
  }
  return namespace;
}

/** require() loads modules of either kind, except one that awaits or that names no "require" condition. */
export async function importModule__(name: string): Promise<Names> {
  try {
    return require(name);
  } catch (error) {
    const { code } = Object(error);
    if (
      code !== "ERR_REQUIRE_ASYNC_MODULE" &&
      code !== "ERR_REQUIRE_ESM" &&
      code !== "ERR_PACKAGE_PATH_NOT_EXPORTED"
    ) {
      throw error;
    }
    const isPath = /^\.{0,2}\//.test(name);
    const place = isPath ? require("node:url").pathToFileURL(require.resolve(name)).href : name;
    return Object.create(await import(place), { __esModule: { value: true } });
  }
}

export async function importLocal__(name: string): Promise<Names> {
  return namespaceOf__(await importModule__(name));
}

export function bindImport__(name: string, get: () => unknown): void {
  Object.defineProperty(exports, name, {
    get,
    set(value) {
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
    },
    enumerable: true,
    configurable: true,
  });
}

export function createConstant__(): Names {
  return new Proxy(exports, {
    set() {
      throw new TypeError("Assignment to constant variable.");
    },
  });
}

/** Copies of a loop's variables, which become the variables when an interrupt ends the loop. */
export function copyOthers__<T extends { [index: number]: unknown }>(names: string[], copies: T): T {
  const before = __tslab__.afterInterrupt;
  __tslab__.afterInterrupt = () => {
    before?.();
    names.forEach((name, index) => {
      __tslab__.exports[name] = copies[index];
    });
  };
  return copies;
}

export function copyNumbers__(names: string[], values: number[]): Float64Array {
  return copyOthers__(names, new globalThis.Float64Array(values));
}

export function forgetCopies__(): void {
  __tslab__.afterInterrupt = undefined;
}
