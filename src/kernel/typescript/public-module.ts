import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export interface DisplayData {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}

/** The module that `import "tslab"` gives to a cell. */
export function loadPublicModule(): object {
  return require("tslab");
}

/** Where tslab's `display` writes to. */
export function setDisplayWriter(write: (data: DisplayData, update: boolean) => void): void {
  require("tslab/dist/jupyter.js").lastWriteDisplayData = write;
}
