import type { AnyFunction } from "../../function-types.js";
import { intrinsics } from "../../intrinsics.cjs";
import type { ModulePart, Part } from "../../wire/function-parts.cjs";
import { locationOf, nearScriptWithId } from "../inspection/scripts.js";
import { isModule } from "../namespace.js";
import { isFunction, isObject, memberOf } from "../objects.js";
import { innerObjectsOf, isBuiltin, isFetchLoaded, namesOfFetch, newlyLoadedBuiltins } from "./builtins.js";
import { globalNames } from "./global-names.js";
import { newModules } from "./loaded-modules.js";
import { isOwn, isOwnScript, ownModules } from "./own-modules.js";
import { packageOf } from "./packages.js";
import { nodesGlobal } from "./realms.js";

export { globalNames } from "./global-names.js";

const known = new Map<unknown, Part>();
/** The exports that were looked through, by module. */
const indexed = new Map<string, unknown>();
let isFresh = false;
let isFetchIndexed = false;

/** Finds a value that the worker can get by itself: a global, a module, or what a module exports. */
export function knownPart(value: unknown): Part | undefined {
  if (known.size === 0) {
    remember(globalThis, { kind: "global", path: [] });
    indexGlobals((name) => !namesOfFetch.has(name));
    indexObjectsBehindGetters();
    indexIntrinsics();
    for (const { module, exports } of ownModules) {
      indexModule({ module }, exports);
    }
  }
  if (!isFresh) {
    isFresh = true;
    indexNewModules();
  }
  const part = known.get(value) ?? standardStream(value);
  if (part !== undefined && isFunction(value) && isUsersOnNodes(part, value)) {
    return undefined;
  }
  return part?.kind === "module" && isReplaced(part, value) ? undefined : part;
}

/** This package exports the value. */
export function isOwnExport(value: unknown): boolean {
  const part = knownPart(value);
  return part?.kind === "module" && isOwn(part.module);
}

/** A file of the user's may have been loaded again since, so that it exports another value now. */
function isReplaced({ module, path }: ModulePart, value: unknown): boolean {
  if (module.startsWith("node:") || packageOf(module) !== undefined || isOwn(module)) {
    return false;
  }
  let current = indexed.get(module);
  for (const member of path) {
    current = isObject(current) ? memberOf(current, member) : undefined;
  }
  return current !== value;
}

/** A function of the user's that a script has put on an object of Node's. */
function isUsersOnNodes(part: Part, fn: AnyFunction): boolean {
  if (part.kind !== "global" && !(part.kind === "module" && isBuiltin(part))) {
    return false;
  }
  const location = locationOf(fn);
  const url = location && nearScriptWithId(location.scriptId)?.url;
  return url !== undefined && !url.startsWith("node:") && !isOwnScript(url) && packageOf(url) === undefined;
}

/** Modules may have been loaded since the last question. */
export function lookAgain(): void {
  isFresh = false;
}

/** Finds the module in what a compiler makes of `import * as x` or `import x`: a wrapped CommonJS module. */
export function wrappedModule(value: object): Part | undefined {
  const inner = Object.getOwnPropertyDescriptor(value, "default")?.value;
  const part = typeof inner === "object" || typeof inner === "function" ? knownPart(inner) : undefined;
  if (part?.kind !== "module" || part.path.length > 0) {
    return undefined;
  }
  return { ...part, wrapping: Object.keys(value).length === 1 ? "default" : "namespace" };
}

function indexNewModules(): void {
  const isKnown = (path: string, exports: unknown) => indexed.has(path) && indexed.get(path) === exports;
  for (const { path, exports, after } of newModules(isKnown)) {
    indexModule({ module: path, after }, exports);
  }
  const builtins = newlyLoadedBuiltins();
  if (!isFetchIndexed && builtins.length > 0 && isFetchLoaded()) {
    isFetchIndexed = true;
    indexGlobals((name) => namesOfFetch.has(name));
  }
  for (const name of builtins) {
    const module = `node:${name}`;
    const builtin: unknown = indexed.has(module) ? undefined : process.getBuiltinModule(module);
    if (isObject(builtin)) {
      indexModule({ module }, builtin);
      for (const [member, inner] of innerObjectsOf(builtin)) {
        rememberMembers(inner, { kind: "module", module, path: [member] });
      }
    }
  }
}

function indexModule(source: Pick<ModulePart, "module" | "after">, exports: unknown): void {
  indexed.set(source.module, exports);
  if (isObject(exports)) {
    rememberMembers(exports, { kind: "module", path: [], ...source });
  }
}

function indexGlobals(isWanted: (name: string) => boolean): void {
  for (const name of globalNames) {
    const descriptor = isWanted(name) ? Object.getOwnPropertyDescriptor(globalThis, name) : undefined;
    if (!descriptor || descriptor.get) {
      continue;
    }
    const { value } = descriptor;
    remember(value, { kind: "global", path: [name] });
    remember(Object.getOwnPropertyDescriptor(nodesGlobal, name)?.value, { kind: "global", path: [name] });
    if (isObject(value) && value !== globalThis) {
      rememberMembers(value, { kind: "global", path: [name] });
      const prototype = memberOf(value, "prototype");
      if (isObject(prototype)) {
        rememberMembers(prototype, { kind: "global", path: [name, "prototype"] });
      }
    }
  }
}

function indexIntrinsics(): void {
  for (const [name, value] of Object.entries(intrinsics)) {
    rememberMembers(value, { kind: "global", path: [name] });
    const prototype = memberOf(value, "prototype");
    if (isObject(prototype)) {
      rememberMembers(prototype, { kind: "global", path: [name, "prototype"] });
    }
  }
}

/** Properties of the global object with getters. */
function indexObjectsBehindGetters(): void {
  rememberMembers(process, { kind: "global", path: ["process"] });
  // That of a worker is another one.
  known.delete(process.mainModule);
  rememberMembers(Buffer, { kind: "global", path: ["Buffer"] });
  for (const value of [globalThis.crypto, globalThis.crypto?.subtle, globalThis.performance]) {
    const path = value === globalThis.performance ? ["performance"] : ["crypto"];
    remember(value, {
      kind: "global",
      path: value === globalThis.crypto?.subtle ? ["crypto", "subtle"] : path,
    });
  }
}

/** To ask for them makes them; they exist if there is a stream with their number. */
function standardStream(value: unknown): Part | undefined {
  if (!isObject(value) || !("fd" in value)) {
    return undefined;
  }
  const name = (["stdout", "stderr"] as const).find(
    (stream, index) => value.fd === index + 1 && process[stream] === value,
  );
  return name && { kind: "global", path: ["process", name] };
}

function rememberMembers(object: object, part: Extract<Part, { path: readonly string[] }>): void {
  remember(object, part);
  for (const [member, value] of valuesOf(object)) {
    remember(value, { ...part, path: [...part.path, member] });
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
