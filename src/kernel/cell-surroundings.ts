import { fileURLToPath } from "node:url";
import { tslabPackage } from "./tslab/package.js";

/** All that the kernel gives to every cell beside the language: its globals, and packages wherever the notebook lies. */
export const cellSurroundings = {
  globals: fileURLToPath(new URL("./shared/cell-globals.d.ts", import.meta.url)),
  provided: { ...tslabPackage, "poolbook/display": fileURLToPath(import.meta.url) },
};
