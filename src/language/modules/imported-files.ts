import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import type { Compiler } from "../compiler/compiler.js";
import { resolveImport } from "./importer.js";

/** More than packages have; those behind are not looked at. */
const mostFiles = 5_000;

/** The files, those of packages included, that a text imports, directly or not; none of them is run. */
export function importedFiles(compiler: Compiler, text: string, importer: string): string[] {
  const paths = new Set(requestedBy(compiler, text, importer));
  for (const path of paths) {
    if (paths.size > mostFiles) {
      break;
    }
    for (const found of requestedBy(compiler, readFileSync(path, "utf8"), path)) {
      paths.add(found);
    }
  }
  return [...paths];
}

function requestedBy(compiler: Compiler, text: string, importer: string): string[] {
  const { importedFiles: requests } = compiler.preProcessFile(text, true, true);
  return requests.flatMap(({ fileName }) => {
    const path = isBuiltin(fileName) ? undefined : resolved(fileName, importer);
    return path !== undefined && /\.[cm]?[jt]sx?$/.test(path) ? [path] : [];
  });
}

function resolved(request: string, importer: string): string | undefined {
  try {
    const url = resolveImport(request, importer, createRequire(importer).resolve);
    return url.startsWith("file:") ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
