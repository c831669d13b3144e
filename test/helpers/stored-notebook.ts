import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Notebook, Output } from "#dist/document/notebook.js";
import { kernels } from "./notebook.js";

/** A cell with what it has stored. */
export interface StoredCell {
  source: string;
  outputs?: Output[];
  tags?: string[];
}

/** Writes a notebook whose cells hold outputs, the way Jupyter writes it, and returns its path; ids are `cell-1` and so on. */
export function writeStored(
  folder: string,
  name: string,
  cells: StoredCell[],
  metadata: object = {},
): string {
  const file = path.join(folder, name);
  const notebook = {
    cells: cells.map(({ source, outputs, tags }, index) => ({
      cell_type: "code",
      execution_count: outputs ? index + 1 : null,
      id: `cell-${index + 1}`,
      metadata: tags ? { tags } : {},
      outputs: outputs ?? [],
      source: [source],
    })),
    metadata: { kernelspec: kernels.tslab, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
  return file;
}

export function readStored(file: string): Notebook {
  return JSON.parse(readFileSync(file, "utf8"));
}
