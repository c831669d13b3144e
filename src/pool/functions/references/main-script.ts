import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

let main: { readonly given: string; readonly path: string; readonly urls: ReadonlySet<string> } | undefined;

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

function found(): typeof main {
  const [, given] = process.argv;
  if (given === undefined) {
    return undefined;
  }
  if (given !== main?.given) {
    const path = resolved(given);
    main = { given, path, urls: new Set([given, path].flatMap((each) => [each, pathToFileURL(each).href])) };
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
