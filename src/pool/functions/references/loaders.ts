import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { types } from "node:util";
import { Script } from "node:vm";
import type { AnyFunction } from "../../function-types.js";
import type { FunctionPart } from "../../wire/function-parts.cjs";
import { standIn } from "../analysis/stand-in.js";
import { placeOf } from "../inspection/scripts.js";
import { notebookExports } from "../notebook-exports.js";
import { isFunction, isObject, memberOf } from "../objects.js";
import { packageNameOf } from "./packages.js";

const require = createRequire(import.meta.url);
const loader = /(?:^|\s)(?:-r|--require|--import|--(?:experimental-)?loader)[=\s]+(\S+)/g;
/** Files that debuggers and counters of coverage have Node load; they load nothing in another way. */
const watching = /js-debug|bootloader\.|node-preload/;

/** The options of this process name loaders, which its workers have, too. */
export function hasLoaders(): boolean {
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ");
  return [...options.matchAll(loader)].some(([, file = ""]) => !watching.test(file));
}

const madeHere = new WeakMap<NodeJS.Module, boolean>();

/**
 * Something in this process alone has made a CommonJS module of a file that is none, as `ts-node`, Jest and `@babel/register`
 * do it: a worker cannot load it. Those of notebooks travel with their texts.
 */
export function isMadeHere(path: string, module: NodeJS.Module): boolean {
  const known = madeHere.get(module);
  if (known !== undefined) {
    return known;
  }
  const found =
    !notebookExports() &&
    !/\.(?:json|node)$/.test(path) &&
    !types.isModuleNamespaceObject(module.exports) &&
    !hasLoaders() &&
    isBeyondNode(path);
  madeHere.set(module, found);
  return found;
}

function isBeyondNode(path: string): boolean {
  const text = textOf(path);
  return text !== undefined && !isCommonJs(text) && (isEsModule.test(text) || !isLoadedByNode(extname(path)));
}

/** Node makes a namespace of one. */
const isEsModule = /^\s*(?:import|export)\b/m;

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isCommonJs(text: string): boolean {
  try {
    new Script(
      `(function (exports, require, module, __filename, __dirname) {${text.replace(/^\uFEFF?#!.*/, "")}\n})`,
    );
    return true;
  } catch {
    return false;
  }
}

/** The loader of such files is Node's own, and fills its cache. */
function isLoadedByNode(extension: string): boolean {
  const module: unknown = require("node:module");
  if (!isObject(module) || memberOf(module, "_cache") !== require.cache) {
    return false;
  }
  const loads: unknown = Object(memberOf(module, "_extensions"))[extension];
  return isFunction(loads) && placeOf(loads)?.script.url.startsWith("node:") === true;
}

/** The function that jiti puts in place of `import()`, made anew; undefined for any other value. */
export function jitiImport(fn: AnyFunction, name: string, value: unknown): FunctionPart | undefined {
  if (name !== "jitiImport" || !isFunction(value)) {
    return undefined;
  }
  const url = placeOf(fn)?.script.url;
  if (url === undefined || packageNameOf(placeOf(value)?.script.url) !== "jiti") {
    return undefined;
  }
  const made = standIn({ name, expression: "(id) => import(id)", usesImport: true, captures: [] });
  return { ...made, origin: { url, line: 0, column: 0 } };
}
