import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, readChecked, writeChecked } from "../cache-file.js";
import type { Compiler } from "../compiler.js";
import { folderOfNode } from "../running-node.js";
import { versionOnDisk } from "../source-files.js";
import { buildOutline } from "./build-outline.js";
import type { Outline } from "./outline.js";

/** Of the outline and of all that decides on it. */
const format = 3;

/** The outline of Node's declarations as an earlier process has stored it; none of other declarations. */
export function readOutline(compiler: Compiler): Outline | undefined {
  const stored = readChecked(pathOf(compiler, folderOfNode()));
  return stored && (JSON.parse(stored.toString("utf8")) as Outline);
}

/** Makes the outline for later processes, where there is none. */
export function storeOutline(compiler: Compiler): void {
  const folder = folderOfNode();
  const path = pathOf(compiler, folder);
  if (readChecked(path)) {
    return;
  }
  const texts = new Map(
    declarationFiles(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  const outline = buildOutline(compiler, texts, languageNames(compiler));
  writeChecked(path, Buffer.from(JSON.stringify(outline)));
}

/** A name of its own for each state of the files. */
function pathOf({ version }: Compiler, folder: string): string {
  const states = declarationFiles(folder).map((name) => [name, versionOnDisk(join(folder, name))]);
  const key = createHash("sha256")
    .update(JSON.stringify([format, version, folder, states]))
    .digest("hex");
  return join(cacheFolder(), `node-types-${key.slice(0, 32)}.json`);
}

/** The files for this version of TypeScript, with slashes; packages that they bring along are not among them. */
function declarationFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".d.ts") && !/^(?:node_modules|ts\d)/.test(name))
    .sort();
}

/** The names that any of the language's libraries declares. */
function languageNames({ getDefaultLibFilePath, sys }: Compiler): Set<string> {
  const folder = dirname(getDefaultLibFilePath({}));
  const files = sys.readDirectory(folder, [".d.ts"], undefined, ["lib.es*"], 1);
  const declared = /^\s*(?:declare )?(?:interface|var|let|const|class|type|namespace|function) ([\w$]+)/gm;
  const texts = files.map((path) => sys.readFile(path) ?? "");
  return new Set(texts.flatMap((text) => [...text.matchAll(declared)].map(([, name = ""]) => name)));
}
