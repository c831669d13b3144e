import { fileURLToPath } from "node:url";

/** tslab as cells find it: a package by this name, which this package brings, wherever the notebook lies. */
export const tslabPackage = { tslab: fileURLToPath(import.meta.url) };
