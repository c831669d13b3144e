import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type MainScript, mainScriptOfWorker } from "../../current-process.cjs";
import type { AnyFunction } from "../../function-types.js";
import { textWithHash } from "../inspection/script-text.js";
import { stackAbove } from "../inspection/stack.js";

interface FoundScript {
  readonly given: string;
  readonly path: string;
  readonly urls: ReadonlySet<string>;
  hash: string;
}

let main: FoundScript | undefined;

/** Calls that are looked at to find the main script among them. */
const mostCalls = 200;

/**
 * The path of the main script as Node has loaded it; undefined if there is none. What `process.argv` says can be a link,
 * a folder, or a path without its extension.
 */
export function mainScript(): string | undefined {
  return found()?.path;
}

/** Tells by a script's path or URL. A worker must not run the main script again. */
export function isMainScript(url: string): boolean {
  return found()?.urls.has(url) ?? false;
}

/** The main script that workers must not run: in a worker, that of its own pool. */
export function mainScriptForWorkers(): MainScript {
  const inherited = mainScriptOfWorker();
  const script = inherited ? undefined : found();
  if (script?.hash === "") {
    const calls = stackAbove(mainScriptForWorkers, mostCalls);
    script.hash = calls.find((call) => script.urls.has(urlOf(call)))?.getScriptHash() ?? "";
  }
  return inherited ?? { path: script?.path ?? "", hash: script?.hash ?? "" };
}

/**
 * In a worker: the path of its pool's main script if that is what calls `callee`, because a module that the worker has
 * loaded imports it. A task that was written in the main script has a text of its own.
 */
export function mainScriptAgain(callee: AnyFunction): string | undefined {
  const script = mainScriptOfWorker();
  if (!script) {
    return undefined;
  }
  const { path, hash } = script;
  const urls = [path, pathToFileURL(path).href];
  const isText = (url: string, textHash: string) =>
    hash === "" ? textWithHash(url, textHash) !== undefined : textHash === hash;
  const isIt = (call: NodeJS.CallSite) =>
    urls.includes(urlOf(call)) && isText(urlOf(call), call.getScriptHash());
  return stackAbove(callee, mostCalls).some(isIt) ? path : undefined;
}

const urlOf = (call: NodeJS.CallSite) => call.getScriptNameOrSourceURL() ?? "";

function found(): typeof main {
  const [, given] = process.argv;
  if (given === undefined) {
    return undefined;
  }
  if (given !== main?.given) {
    const path = resolved(given);
    const urls = new Set([given, path].flatMap((each) => [each, pathToFileURL(each).href]));
    main = { given, path, urls, hash: "" };
  }
  return main;
}

function resolved(given: string): string {
  try {
    return createRequire(given).resolve(given);
  } catch {
    return given;
  }
}
