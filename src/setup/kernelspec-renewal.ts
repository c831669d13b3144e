import { existsSync } from "node:fs";
import path from "node:path";
import type { Kernelspec } from "./found-kernelspec.js";

/** The way to renew an installed kernelspec of poolbook's own that names files which are gone; undefined for any other. */
export function kernelspecRenewal({ argv, metadata, resourceDir }: Kernelspec): string | undefined {
  const gone = argv.filter((argument) => path.isAbsolute(argument) && !existsSync(argument));
  if (metadata?.poolbook === undefined || resourceDir === undefined || gone.length === 0) {
    return undefined;
  }
  const command =
    Object(metadata.poolbook).install ?? `npx poolbook kernel install --prefix ${prefixOf(resourceDir)}`;
  return `its kernelspec in ${resourceDir} names ${gone.join(" and ")}, which is gone; renew it with "${command}"`;
}

function prefixOf(resourceDir: string): string {
  const isBelowPrefix = path.basename(path.resolve(resourceDir, "../../..")) === "share";
  return isBelowPrefix ? path.resolve(resourceDir, "../../../..") : "PREFIX";
}
