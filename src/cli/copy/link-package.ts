import { lstatSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Lets notebooks in `folder` import poolbook from `packageDir` where it is not installed for them, as after `npx`
 * without an installation: by a link in the folder's own `node_modules`, which is renewed when it leads nowhere.
 */
export function linkPackage(folder: string, packageDir: string): void {
  if (canImport(folder)) {
    return;
  }
  const link = path.resolve(folder, "node_modules", "poolbook");
  mkdirSync(path.dirname(link), { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) {
    rmSync(link);
  }
  symlinkSync(path.resolve(packageDir), link, "junction");
}

function canImport(folder: string): boolean {
  try {
    createRequire(path.resolve(folder, "cell.js")).resolve("poolbook");
    return true;
  } catch {
    return false;
  }
}
