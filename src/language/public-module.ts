import { createRequire } from "node:module";
import type { DisplayWriter } from "./language.js";

const require = createRequire(import.meta.url);

let publicModule: object | undefined;

/** The module that `import "tslab"` gives to a cell; its displays go to `write`. */
export function loadPublicModule(write: DisplayWriter): object {
  if (!publicModule) {
    publicModule = require("tslab") as object;
    require("tslab/dist/jupyter.js").lastWriteDisplayData = write;
  }
  return publicModule;
}
