import { builtinModules, createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as ownModule from "../current-process.cjs";
import type { Part } from "../wire/function-parts.cjs";
import { isModule } from "./namespace.js";
import { notebookModules } from "./notebook-exports.js";
import { isObject, memberOf } from "./objects.js";

const require = createRequire(import.meta.url);
const ownPath = fileURLToPath(new URL("../current-process.cjs", import.meta.url));

/** Names every Node process has; taken before a notebook adds its own. */
export const globalNames: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(globalThis).filter((name) => name !== "__tslab__"),
);

const known = new Map<unknown, Part>();
const indexed = new Set<string>();

/** Finds a value that the worker can get by itself: a global, a module, or what a module exports. */
export function knownPart(value: unknown): Part | undefined {
  if (known.size === 0) {
    indexGlobals();
    indexModule(ownPath, ownModule);
  }
  return known.get(value) ?? inNewModules(value) ?? inBuiltins(value);
}

/** Finds the module in what a compiler makes of `import * as x` or `import x`: a wrapped CommonJS module. */
export function wrappedModule(value: object): Part | undefined {
  const inner = Object.getOwnPropertyDescriptor(value, "default")?.value;
  const part = typeof inner === "object" || typeof inner === "function" ? knownPart(inner) : undefined;
  if (part?.kind !== "module" || part.member !== undefined) {
    return undefined;
  }
  return { ...part, wrapping: Object.keys(value).length === 1 ? "default" : "namespace" };
}

function inNewModules(value: unknown): Part | undefined {
  for (const [path, module] of Object.entries(require.cache)) {
    if (module?.loaded && path !== process.argv[1]) {
      indexModule(path, module.exports);
    }
  }
  for (const [path, namespace] of notebookModules()) {
    indexModule(path, namespace);
  }
  return known.get(value);
}

function inBuiltins(value: unknown): Part | undefined {
  for (const name of loadedBuiltins()) {
    indexModule(`node:${name}`, undefined);
  }
  return known.get(value);
}

/** A value can only come from a module that is loaded; to load the others would take long, and some print warnings. */
function loadedBuiltins(): string[] {
  const moduleLoadList = memberOf(process, "moduleLoadList");
  if (!Array.isArray(moduleLoadList)) {
    return publicBuiltins.filter((name) => !noisyBuiltins.has(name));
  }
  const loaded = new Set(moduleLoadList);
  return publicBuiltins.filter((name) => loaded.has(`NativeModule ${name}`));
}

const publicBuiltins = builtinModules.filter((name) => !name.startsWith("_"));
const noisyBuiltins = new Set(["punycode", "sys", "wasi", "sqlite", "test"]);

function indexModule(module: string, exports: unknown): void {
  if (indexed.has(module)) {
    return;
  }
  indexed.add(module);
  const value = exports ?? process.getBuiltinModule(module);
  if (!isObject(value)) {
    return;
  }
  remember(value, { kind: "module", module });
  for (const [member, exported] of valuesOf(value)) {
    remember(exported, { kind: "module", module, member });
  }
}

function indexGlobals(): void {
  remember(globalThis, { kind: "global", path: [] });
  for (const [name, value] of valuesOf(globalThis)) {
    if (!globalNames.has(name)) {
      continue;
    }
    remember(value, { kind: "global", path: [name] });
    if (!isObject(value)) {
      continue;
    }
    for (const [member, inner] of valuesOf(value)) {
      remember(inner, { kind: "global", path: [name, member] });
    }
    const prototype = memberOf(value, "prototype");
    if (!isObject(prototype)) {
      continue;
    }
    for (const [member, inner] of valuesOf(prototype)) {
      remember(inner, { kind: "global", path: [name, "prototype", member] });
    }
  }
}

/** The properties of an object, without running the getters of anything but compiled modules. */
function* valuesOf(object: object): Generator<[string, unknown]> {
  for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (!get) {
      yield [name, value];
    } else if (isModule(object)) {
      yield [name, memberOf(object, name)];
    }
  }
}

function remember(value: unknown, part: Part): void {
  const isWorthwhile = isObject(value) || typeof value === "symbol";
  if (isWorthwhile && !known.has(value)) {
    known.set(value, part);
  }
}
