import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lockHash } from "../../protocol/lock-hash.js";
import type { Project } from "../../protocol/sources.js";

/** Folder of the package. */
export const poolbook = resolve(fileURLToPath(new URL("../../../../..", import.meta.url)));

/** The project of a folder: that of the nearest package.json, or the folder alone. */
export function projectOf(folder: string): Project {
  const root = nearest(resolve(folder)) ?? resolve(folder);
  return { root, poolbook, lock: lockHash(root) };
}

function nearest(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent);
}
