import { types } from "node:util";
import { notebookExports } from "./notebook-exports.js";
import { isFunction, isObject, memberOf } from "./objects.js";
import type { Path } from "./path.js";

/** Holds nothing but the exports of a module or of the notebook's cells. */
export function isNamespace(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return value === notebookExports() || isModule(value);
}

/** Holds the exports of a module, compiled ones included. */
export function isModule(value: object): boolean {
  return "__esModule" in value || Object.prototype.toString.call(value) === "[object Module]";
}

/** A worker would load such a module by `import()`, which then waits for what that function gives. */
export function refuseThenable(value: unknown, path: Path): void {
  if (isObject(value) && types.isModuleNamespaceObject(value) && isFunction(memberOf(value, "then"))) {
    throw path.refusal(
      "a module that exports a function `then`, which `import()` would call; export that by another name",
    );
  }
}

/** Whatever is asked of such a Proxy throws. */
export function refuseRevoked(value: unknown, path: Path, name?: string): void {
  if (isRevoked(value)) {
    const way = name === undefined ? path : path.to(name);
    throw way.refusal("a Proxy that has been revoked; use what it stood for");
  }
}

/** A Proxy that is of no use any more. This runs none of its traps. */
export function isRevoked(value: unknown): boolean {
  if (!types.isProxy(value)) {
    return false;
  }
  try {
    Array.isArray(value);
    return false;
  } catch {
    return true;
  }
}
