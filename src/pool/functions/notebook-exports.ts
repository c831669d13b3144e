import type { Variables } from "./inspection/closure.js";
import { isObject } from "./objects.js";

/** All that the cells of a notebook have declared so far; undefined outside a notebook. */
export function notebookExports(): Variables | undefined {
  const exports = notebookSession()?.exports;
  return isVariables(exports) ? exports : undefined;
}

<<<<<<< HEAD
/** All that the kernel shares with the code of its cells. */
export function notebookSession(): Variables | undefined {
  const session: unknown = Reflect.get(globalThis, "__tslab__");
  return isVariables(session) ? session : undefined;
}

function isVariables(value: unknown): value is Variables {
=======
/** The ECMAScript modules that the cells have imported, by their paths. */
export function notebookModules(): Iterable<[string, unknown]> {
  const session: unknown = Reflect.get(globalThis, "__tslab__");
  const importer = isObject(session) ? memberOf(session, "importer") : undefined;
  const modules = isObject(importer) ? memberOf(importer, "modules") : undefined;
  return modules instanceof Map ? modules : [];
}

function isScope(value: unknown): value is Scope {
>>>>>>> 423f817 (feat(language): an import is Node's import; a notebook says how strict it is)
  return isObject(value);
}
