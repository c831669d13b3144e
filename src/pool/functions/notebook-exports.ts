import type { Variables } from "./inspection/closure.js";
import { isObject, memberOf } from "./objects.js";

/** All that the cells of a notebook have declared so far; undefined outside a notebook. */
export function notebookExports(): Variables | undefined {
  const session: unknown = Reflect.get(globalThis, "__tslab__");
  const exports = isObject(session) ? memberOf(session, "exports") : undefined;
  return isVariables(exports) ? exports : undefined;
}

function isVariables(value: unknown): value is Variables {
  return isObject(value);
}
