import { isBuiltin as isBuiltinModule } from "node:module";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import type { AnyFunction } from "../../function-types.js";
import type { FunctionPart, ModulePart } from "../../wire/function-parts.cjs";
import type { NameUse } from "../analysis/free-names.js";
import { standIn } from "../analysis/stand-in.js";
import { inspected, taken } from "../inspection/inspector.js";
import { placeOf } from "../inspection/scripts.js";
import { isObject, memberOf } from "../objects.js";
import { packageOf } from "./packages.js";

/** Vite, under which Vitest runs tests, makes this of `import()`. */
export const viteImportFunction = "__vite_ssr_dynamic_import__";
/** The second form stands in files that mock modules. */
const viteImport = /^__(vite_ssr|vi)_import_\d+__$/;

/** Vite's variable for what an import declaration names. */
export function isViteImport(name: string): boolean {
  return viteImport.test(name);
}

/**
 * The ES module of a package behind such a variable: Vitest wraps its namespace. Nothing if the variable shows anything else
 * than the module exports, as it does of what is mocked.
 */
export function viteModule(fn: AnyFunction, use: NameUse, value: object): ModulePart | undefined {
  const script = placeOf(fn)?.script;
  const named = new RegExp(`\\b${use.name} = await __vite_ssr_(?:dynamic_)?import__\\(("[^"]+")`).exec(
    script?.text ?? "",
  );
  const module = named?.[1] && moduleOf(JSON.parse(named[1]));
  if (!script || !module) {
    return undefined;
  }
  const namespace = namespaceBehind(value);
  const isSame = (name: string) =>
    namespace && name in namespace && memberOf(value, name) === memberOf(namespace, name);
  return namespace && [...use.members].every(isSame)
    ? { kind: "module", module, importer: script.url, path: [] }
    : undefined;
}

/** Vite's form of `import()`, made anew. */
export function viteImportPart(): FunctionPart {
  const root = JSON.stringify(rootFolder());
  return standIn({
    name: viteImportFunction,
    expression: `(name) => import(name.startsWith("/@fs/") ? name.slice(4) : name.startsWith("/") ? ${root} + name : name)`,
    usesImport: true,
    captures: [],
  });
}

/** The URL of a file of a package; or the package's name, which Vitest before its version 4 leaves as it is. */
function moduleOf(name: string): string | undefined {
  if (/^@?\w/.test(name) && !isBuiltinModule(name)) {
    return name;
  }
  const file = fileOf(name);
  return file && packageOf(file) !== undefined ? pathToFileURL(file).href : undefined;
}

/** Vite names files from the folder that it serves. */
function fileOf(name: string): string | undefined {
  if (name.startsWith("/@fs/")) {
    return name.slice(4);
  }
  return name.startsWith("/") ? rootFolder() + name : undefined;
}

function rootFolder(): string {
  const worker: unknown = Reflect.get(globalThis, "__vitest_worker__");
  const config = typeof worker === "object" && worker !== null ? Reflect.get(worker, "config") : undefined;
  return typeof config?.root === "string" ? config.root : process.cwd();
}

/** The one that a value is, or that a proxy stands for. */
function namespaceBehind(value: object): object | undefined {
  const inner = types.isProxy(value) ? targetOf(value) : value;
  return isObject(inner) && types.isModuleNamespaceObject(inner) ? inner : undefined;
}

function targetOf(proxy: object): unknown {
  return inspected(proxy, ({ internalProperties = [] }) => {
    const target = internalProperties.find(({ name }) => name === "[[Target]]");
    return taken([target?.value])[0];
  });
}
