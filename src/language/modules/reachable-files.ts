import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Compiler } from "../compiler/compiler.js";
import { isInstalled } from "../compiler/source-files.js";
import { resolveImport } from "./importer.js";
import type { OwnFile, OwnFiles } from "./own-files.js";

interface Loader {
  readonly compiler: Compiler;
  /** Tells a file of the user's from a package. */
  isOwn(request: string): boolean;
  versionOf(path: string): string | undefined;
  /** The text of a file that Node does not load by itself. */
  codeOf(path: string): string | undefined;
}

/** The files with all that they require; none of them is run. */
export function reachableFiles(loader: Loader, loaded: Iterable<string>, requested: Requested): OwnFiles {
  const resolutions: [string, string, string][] = [];
  const resolve = (importer: string, requests: readonly string[]) =>
    requests
      .filter((request) => loader.isOwn(request))
      .flatMap((request) => {
        const path = resolved(importer, request);
        if (path === undefined || isInstalled(path)) {
          return [];
        }
        resolutions.push([dirname(importer), request, path]);
        return [path];
      });
  const paths = new Set([...loaded, ...resolve(requested.importer, requested.requests)]);
  const files: OwnFile[] = [];
  for (const path of paths) {
    const code = loader.codeOf(path);
    files.push({ path, version: loader.versionOf(path) ?? "", ...(code !== undefined && { code }) });
    const requests = requestsIn(loader.compiler, path);
    for (const found of resolve(path, requests)) {
      paths.add(found);
    }
    for (const request of code === undefined ? [] : requests.filter((each) => !loader.isOwn(each))) {
      const imported = importedInstead(path, request);
      if (imported !== undefined) {
        resolutions.push([dirname(path), request, imported]);
      }
    }
  }
  return { files, resolutions };
}

export interface Requested {
  readonly importer: string;
  readonly requests: readonly string[];
}

function resolved(importer: string, request: string): string | undefined {
  try {
    return createRequire(importer).resolve(request);
  } catch {
    return undefined;
  }
}

/** The file of a package of both kinds that a module written with `import` means, where `require` takes another. */
function importedInstead(importer: string, request: string): string | undefined {
  if (importer.endsWith(".cts")) {
    return undefined;
  }
  try {
    const url = resolveImport(request, importer, createRequire(importer).resolve);
    const path = url.startsWith("file:") ? fileURLToPath(url) : undefined;
    return path === resolved(importer, request) ? undefined : path;
  } catch {
    return undefined;
  }
}

function requestsIn(compiler: Compiler, path: string): string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) {
    return [];
  }
  try {
    const { importedFiles } = compiler.preProcessFile(readFileSync(path, "utf8"), true, true);
    return importedFiles.map(({ fileName }) => fileName);
  } catch {
    return [];
  }
}
