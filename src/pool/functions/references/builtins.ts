import { builtinModules } from "node:module";
import type { ModulePart } from "../../wire/function-parts.cjs";
import { memberOf } from "../objects.js";

const publicBuiltins = builtinModules.filter((name) => !name.startsWith("_"));
const noisyBuiltins = new Set(["punycode", "sys", "wasi", "sqlite", "test"]);

/** Names of the objects below a built-in module whose members count as its own. Other getters are left alone. */
const innerObjects = ["promises", "webcrypto", "subtle", "posix", "win32", "types", "constants"];

export function isBuiltin({ module }: ModulePart): boolean {
  return module.startsWith("node:");
}

let lastCount = -1;

/**
 * The built-in modules, if more are loaded than at the last question. A value can only come from a module that is loaded;
 * to load the others would take long, and some print warnings.
 */
export function newlyLoadedBuiltins(): string[] {
  const moduleLoadList = memberOf(process, "moduleLoadList");
  if (!Array.isArray(moduleLoadList)) {
    return publicBuiltins.filter((name) => !noisyBuiltins.has(name));
  }
  if (moduleLoadList.length === lastCount) {
    return [];
  }
  lastCount = moduleLoadList.length;
  const loaded = new Set(moduleLoadList);
  return publicBuiltins.filter((name) => loaded.has(`NativeModule ${name}`));
}

/** To look at one of these globals loads all of them, which takes long. */
export const namesOfFetch: ReadonlySet<string> = new Set([
  "FormData",
  "Headers",
  "Request",
  "Response",
  "MessageEvent",
  "ErrorEvent",
  "WebSocket",
  "CloseEvent",
  "EventSource",
]);

/** Before, no value can be one of them. */
export function isFetchLoaded(): boolean {
  const moduleLoadList = memberOf(process, "moduleLoadList");
  return !Array.isArray(moduleLoadList) || moduleLoadList.some((name) => /\/undici$/.test(String(name)));
}

/** The objects below a built-in module, with their names. */
export function innerObjectsOf(builtin: object): [string, object][] {
  return innerObjects.flatMap((name) => {
    const inner = name in builtin ? memberOf(builtin, name) : undefined;
    return typeof inner === "object" && inner !== null ? [[name, inner] as [string, object]] : [];
  });
}
