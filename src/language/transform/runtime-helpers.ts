/*
 * Functions that compiled cells call. Their text, not the functions here, goes into a cell and finds there the cell's
 * own `require`, `exports` and the like; so they use nothing else of this file than each other.
 */

type Names = Record<string, unknown>;

declare const require: NodeJS.Require & {
  resolveImport?(name: string): string;
  namespaces?: WeakMap<object, Names>;
};
declare const exports: Names;
declare let __filename: string;
declare let __dirname: string;
declare let __tslab__: {
  exports: Names;
  importer: {
    resolve(name: string): string;
    load(name: string): Promise<Names>;
    loadNamespace(name: string): Promise<Names>;
  };
  afterInterrupt?: () => void;
};

export function createImportMeta__(): object {
  const { pathToFileURL } = require("node:url");
  return {
    url: pathToFileURL(__filename).href,
    filename: __filename,
    dirname: __dirname,
    // A cell is part of the program, a module that it imports is not.
    main: typeof module === "undefined",
    resolve: (name: string) => __tslab__.importer.resolve(name),
  };
}

export function isNamespace__(module: unknown): boolean {
  return require("node:util").types.isModuleNamespaceObject(module);
}

/** The default of CommonJS that was compiled from an ECMAScript module is the one that was written there. */
export function defaultOf__(module: { __esModule?: boolean; default?: unknown } | undefined): unknown {
  return isNamespace__(module) || (module?.__esModule && "default" in module) ? module?.default : module;
}

/** One object for each CommonJS module, which looks as Node's namespaces do and follows what the module exports. */
export function namespaceOf__(module: Names): Names {
  if (module?.__esModule || isNamespace__(module)) {
    return module;
  }
  const inner: Names = Object(module);
  require.namespaces ??= new globalThis.WeakMap();
  const known = require.namespaces.get(inner);
  if (known) {
    return known;
  }
  const namespace = Object.setPrototypeOf({ default: module }, null);
  Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
  for (const name of Object.getOwnPropertyNames(inner)) {
    if (!(name in namespace)) {
      Object.defineProperty(namespace, name, { enumerable: true, get: () => inner[name] });
    }
  }
  require.namespaces.set(inner, namespace);
  return namespace;
}

export async function importModule__(name: string): Promise<Names> {
  return __tslab__.importer.load(name);
}

export async function importNamespace__(name: string): Promise<Names> {
  return __tslab__.importer.loadNamespace(name);
}

/** A function that calls it may run in a worker, which has a `require` of the user's own files, too. */
export async function importLocal__(name: string): Promise<Names> {
  try {
    const loaded = require(name);
    if (!isNamespace__(loaded)) {
      return namespaceOf__(loaded);
    }
  } catch (error) {
    const { code } = Object(error);
    if (code !== "ERR_REQUIRE_ASYNC_MODULE" && code !== "ERR_REQUIRE_ESM") {
      throw error;
    }
  }
  return import(require("node:url").pathToFileURL(require.resolve(name)).href);
}

/** The module that Node's `import()` gives, with the default that an `import` declaration gives. */
export async function interop__(imported: Promise<Names>): Promise<Names> {
  const module = await imported;
  const inner: Names = Object(module["module.exports"] ?? module.default);
  return module.__esModule && inner.__esModule ? inner : module;
}

/** From the notebook's folder, wherever the process has gone; a worker's `import()` does so by itself. */
export async function importAny__(name: string, options?: ImportCallOptions): Promise<Names> {
  if (/^\.{0,2}\//.test(name)) {
    return importLocal__(name);
  }
  const url = require.resolveImport?.(name) ?? name;
  // TypeScript of a workspace.
  return /^file:(?!.*\/node_modules\/).*\.[cm]?tsx?$/.test(url)
    ? importLocal__(require("node:url").fileURLToPath(url))
    : interop__(import(url, options));
}

export function bindImport__(name: string, get: () => unknown): void {
  // A notebook may have added to the prototype of all objects.
  const descriptor = Object.setPrototypeOf({ enumerable: true, configurable: true }, null);
  descriptor.get = get;
  descriptor.set = (value: unknown) => {
    const own = Object.setPrototypeOf({ enumerable: true, configurable: true }, null);
    own.writable = true;
    own.value = value;
    Object.defineProperty(exports, name, own);
  };
  Object.defineProperty(exports, name, descriptor);
}

/** Binds a name to its module as it is loaded now; where that fails, or the name is gone, the uses of the name fail. */
export function rebindImport__(name: string, imported: string, from: string, path: string): void {
  if (!(name in exports)) {
    // A type.
    return;
  }
  try {
    const module: Names = require(path);
    if (imported === "*") {
      bindImport__(name, () => namespaceOf__(module));
      return;
    }
    checkExports__(module, from, [imported]);
    bindImport__(name, imported === "default" ? () => defaultOf__(module) : () => module[imported]);
  } catch (error) {
    const { code } = Object(error);
    // Node loads an ECMAScript module once.
    if (code !== "ERR_REQUIRE_ASYNC_MODULE" && code !== "ERR_REQUIRE_ESM") {
      bindImport__(name, () => {
        throw error;
      });
    }
  }
}

export function checkExports__(module: unknown, from: string, names: string[]): void {
  // Cells may put other iterators in the place of those of arrays.
  for (let index = 0; index < names.length; index++) {
    const name = String(names[index]);
    const isThere = name === "default" ? !isNamespace__(module) : false;
    if (!isThere && !(name in Object(module))) {
      throw new SyntaxError(`The requested module '${from}' does not provide an export named '${name}'`);
    }
  }
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
