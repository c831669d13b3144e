import { createHash } from "node:crypto";
import { join } from "node:path";
import { cacheFolder, readChecked, writeChecked } from "../cache-file.js";
import type { Compiler } from "../compiler.js";
import { folderOfNode } from "../running-node.js";
import { versionOnDisk } from "../source-files.js";
import { declarationFiles, declarationTexts } from "./declaration-texts.js";
import { makeOutline } from "./make-outline.js";
import type { Outline } from "./outline.js";
import { broughtOutline } from "./outline-archive.js";

/** Of the outline and of all that decides on it. */
const format = 5;

/** The outline of Node's declarations, as an earlier process has stored it or the package brings it; none of other declarations. */
export function readOutline(compiler: Compiler): Outline | undefined {
  const folder = folderOfNode();
  const stored = readChecked(pathOf(compiler, folder))?.toString("utf8");
  const text = stored ?? broughtOutline(compiler, declarationTexts(folder));
  return text === undefined ? undefined : (JSON.parse(text) as Outline);
}

/** Keeps the outline for later processes, where it is not kept yet. */
export function storeOutline(compiler: Compiler): void {
  const folder = folderOfNode();
  const path = pathOf(compiler, folder);
  if (readChecked(path)) {
    return;
  }
  const texts = declarationTexts(folder);
  const text = broughtOutline(compiler, texts) ?? JSON.stringify(makeOutline(compiler, texts));
  writeChecked(path, Buffer.from(text));
}

/** A name of its own for each state of the files. */
function pathOf({ version }: Compiler, folder: string): string {
  const states = declarationFiles(folder).map((name) => [name, versionOnDisk(join(folder, name))]);
  const key = createHash("sha256")
    .update(JSON.stringify([format, version, folder, states]))
    .digest("hex");
  return join(cacheFolder(), `node-types-${key.slice(0, 32)}.json`);
}
