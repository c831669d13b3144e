import type { Scope } from "./analysis/closure.js";
import { isObject, memberOf } from "./objects.js";

/** All that the cells of a notebook have declared so far; undefined outside a notebook. */
export function notebookExports(): Scope | undefined {
  const session: unknown = Reflect.get(globalThis, "__tslab__");
  const exports = isObject(session) ? memberOf(session, "exports") : undefined;
  return isScope(exports) ? exports : undefined;
}

function isScope(value: unknown): value is Scope {
  return isObject(value);
}
