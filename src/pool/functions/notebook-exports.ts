import type { Variables } from "./inspection/closure.js";
import { isObject } from "./objects.js";

/** All that the cells of a notebook have declared so far; undefined outside a notebook. */
export function notebookExports(): Variables | undefined {
  const exports = notebookSession()?.exports;
  return isVariables(exports) ? exports : undefined;
}

/** All that the kernel shares with the code of its cells. */
export function notebookSession(): Variables | undefined {
  const session: unknown = Reflect.get(globalThis, "__tslab__");
  return isVariables(session) ? session : undefined;
}

function isVariables(value: unknown): value is Variables {
  return isObject(value);
}
