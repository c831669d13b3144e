import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AnyFunction } from "../../function-types.js";
import type { ModulePart } from "../../wire/function-parts.cjs";
import { scopesAround, valueIn } from "../inspection/closure.js";
import { locationOf, nearScriptWithId, placeOf, type Script } from "../inspection/scripts.js";
import { notebookExports } from "../notebook-exports.js";
import { importedValue, knownImports } from "./imports.js";
import { hasLoaders } from "./loaders.js";
import { isMainScript } from "./main-script.js";
import { packageNameOf } from "./packages.js";
import { exportsOf } from "./script-exports.js";

const require = createRequire(import.meta.url);

/**
 * Finds the ECMAScript module that exports a function. Its loader tells nobody what is loaded, but the function
 * knows its script.
 */
export function exportedFrom(fn: AnyFunction): ModulePart | undefined {
  if (notebookExports()) {
    return undefined;
  }
  const imported = importedValue(fn);
  if (imported) {
    return imported;
  }
  const script = placeOf(fn)?.script;
  if (!script?.url.startsWith("file:") || /[?#]/.test(script.url)) {
    return undefined;
  }
  if (isMainScript(script.url)) {
    return undefined;
  }
  const path = fileURLToPath(script.url);
  const module = scopesAround(fn).find(({ isModule }) => isModule);
  const member = module && (exportedAs(fn, script, module.variables) ?? memberOfLoaded(fn, path));
  return member === undefined
    ? undefined
    : { kind: "module", module: script.url, path: [member], importer: script.url, after: entriesOf(path) };
}

/** Those of the main script travel as they are, whatever they were put into. */
export function isOfMainScript(fn: AnyFunction): boolean {
  const location = locationOf(fn);
  const url = location && nearScriptWithId(location.scriptId)?.url;
  return url !== undefined && isMainScript(url);
}

/** The name by which a script exports the value of one of its variables. */
function exportedAs(
  fn: AnyFunction,
  script: Script,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const [exported, local] of exportsOf(script)) {
    if (valueIn(variables, local) === fn) {
      return exported;
    }
  }
  return undefined;
}

/** An anonymous default export is no variable that V8 shows. Loaders may load a module that is asked for twice. */
function memberOfLoaded(fn: AnyFunction, path: string): string | undefined {
  if (hasLoaders() || !/\.m?js$/.test(path)) {
    return undefined;
  }
  try {
    return Object.entries(require(path)).find(([, value]) => value === fn)?.[0];
  } catch {
    return undefined;
  }
}

/** The user's imports of the same package, which may change what an inner file of it exports. */
function entriesOf(path: string): ModulePart[] {
  const name = packageNameOf(path);
  const isOf = ({ module }: ModulePart) => module === name || module.startsWith(`${name}/`);
  const entries = new Map(
    [...knownImports()]
      .filter((part) => name && isOf(part))
      .map((part) => [part.module, { ...part, path: [] }]),
  );
  return [...entries.values()];
}
