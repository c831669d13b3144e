import { createHash } from "node:crypto";
import { join } from "node:path";
import { cacheFolder, readChecked, writeChecked } from "../cache-file.js";
import type { Compiler } from "../compiler.js";
import { folderOfNode } from "../running-node.js";
import { versionOnDisk } from "../source-files.js";
import { declarationFiles, declarationTexts } from "./declaration-texts.js";
import { makeOutline } from "./make-outline.js";
import { broughtOutline } from "./outline-archive.js";
import { PackedOutline, packOutline } from "./packed-outline.js";

/** Of the outline and of all that decides on it. */
const format = 6;

/** The outline of Node's declarations, as an earlier process has stored it or the package brings it; none of other declarations. */
export function readOutline(compiler: Compiler): PackedOutline | undefined {
  const folder = folderOfNode();
  const names = declarationFiles(folder);
  const stored = readChecked(pathOf(compiler, folder, names));
  const packed = stored ?? broughtOutline(compiler, declarationTexts(folder, names));
  return packed && new PackedOutline(packed);
}

/** Keeps the outline for later processes, where it is not kept yet. */
export function storeOutline(compiler: Compiler): void {
  const folder = folderOfNode();
  const names = declarationFiles(folder);
  const path = pathOf(compiler, folder, names);
  if (readChecked(path)) {
    return;
  }
  const texts = declarationTexts(folder, names);
  writeChecked(path, broughtOutline(compiler, texts) ?? packOutline(makeOutline(compiler, texts)));
}

/** A name of its own for each state of the files. */
function pathOf({ version }: Compiler, folder: string, names: readonly string[]): string {
  const states = names.map((name) => [name, versionOnDisk(join(folder, name))]);
  const key = createHash("sha256")
    .update(JSON.stringify([format, version, folder, states]))
    .digest("hex");
  return join(cacheFolder(), `node-types-${key.slice(0, 32)}`);
}
