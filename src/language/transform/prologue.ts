import type { Import } from "../session/declarations.js";

/** What compiled cells call. A cell that calls nothing of it does not carry it. */
export const helperNames = {
  importMeta: "importMeta__",
  importLocal: "importLocal__",
  importModule: "importModule__",
  bindImport: "bindImport__",
  constant: "constant__",
  copiesOfLoop: "copiesOfLoop__",
  defaultOf: "defaultOf__",
  namespaceOf: "namespaceOf__",
} as const;

export type Helper = keyof typeof helperNames;

const namespaceOf = `(module) => {
  if (module?.__esModule || require("node:util").types.isModuleNamespaceObject(module)) return module;
  const namespace = { default: module };
  for (const name of Object.getOwnPropertyNames(Object(module))) {
    if (!(name in namespace)) Object.defineProperty(namespace, name, { enumerable: true, get: () => module[name] });
  }
  return namespace;
}`;

// require() loads what is a module of either kind, except one that awaits
// or that names no "require" condition.
const importModule = `async (name) => {
  try {
    return require(name);
  } catch (error) {
    if (!["ERR_REQUIRE_ASYNC_MODULE", "ERR_REQUIRE_ESM", "ERR_PACKAGE_PATH_NOT_EXPORTED"].includes(error?.code)) throw error;
    const place = /^\\.{0,2}\\//.test(name) ? require("node:url").pathToFileURL(require.resolve(name)).href : name;
    return Object.create(await import(place), { __esModule: { value: true } });
  }
}`;

const definitions: Record<Helper, string> = {
  importMeta: `{
  url: require("node:url").pathToFileURL(__filename).href,
  filename: __filename,
  dirname: __dirname,
  resolve: (name) => {
    const { isBuiltin } = require("node:module");
    return isBuiltin(name) ? "node:" + name.replace(/^node:/, "") : require("node:url").pathToFileURL(require.resolve(name)).href;
  },
}`,
  namespaceOf,
  importLocal: `async (name) => (${namespaceOf})(await (${importModule})(name))`,
  importModule,
  bindImport: `(name, get) => Object.defineProperty(exports, name, {
  get,
  set: (value) => Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true }),
  enumerable: true,
  configurable: true,
})`,
  constant: `new Proxy(exports, {
  set() { throw new TypeError("Assignment to constant variable."); },
})`,
  // `afterInterrupt` is called by the executor.
  copiesOfLoop: `{
  add(names, copies) {
    const before = __tslab__.afterInterrupt;
    __tslab__.afterInterrupt = () => {
      before?.();
      names.forEach((name, index) => { __tslab__.exports[name] = copies[index]; });
    };
    return copies;
  },
  numbers(names, values) { return this.add(names, new globalThis.Float64Array(values)); },
  others(names, values) { return this.add(names, values); },
  forget() { __tslab__.afterInterrupt = undefined; },
}`,
  defaultOf: "(module) => (module?.__esModule ? module.default : module)",
};

/** Binds names that earlier cells imported from a module that is loaded again. */
function rebind(imports: readonly Import[]): string {
  const modules = imports.map(({ name, imported, from }) => {
    const value =
      imported === "*"
        ? `(${definitions.namespaceOf})(module)`
        : imported === "default"
          ? `(${definitions.defaultOf})(module)`
          : `module[${JSON.stringify(imported)}]`;
    const module = `const module = require(${JSON.stringify(from)});`;
    return `{ ${module} (${definitions.bindImport})(${JSON.stringify(name)}, () => ${value}); }`;
  });
  return inOneLine(modules.join(" "));
}

function inOneLine(code: string): string {
  return code.replace(/\s*\n\s*/g, " ");
}

/** The first line of a compiled cell. */
export function prologue(
  helpers: ReadonlySet<Helper>,
  { strict, imports = [] }: { strict: boolean; imports?: readonly Import[] },
): string {
  const constants = [...helpers].map(
    (helper) => `const ${helperNames[helper]} = ${inOneLine(definitions[helper])};`,
  );
  return `${strict ? '"use strict"; ' : ""}${constants.join(" ")}${rebind(imports)}\n`;
}
