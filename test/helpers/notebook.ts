import { writeFileSync } from "node:fs";
import path from "node:path";

/** A code cell: its source, or its source with tags. */
export type CellOf = string | { source: string; tags: string[] };

export const kernels = {
  tslab: { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" },
  python3: { name: "python3", display_name: "Python 3", language: "python" },
};

/** Writes a notebook with one code cell for each entry and returns its path; ids are `cell-1` and so on. */
export function writeNotebook(
  folder: string,
  name: string,
  cells: CellOf[],
  metadata: object = { kernelspec: kernels.tslab },
): string {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: cells.map(codeCell) }),
  );
  return file;
}

function codeCell(cell: CellOf, index: number): object {
  const { source, tags } = typeof cell === "string" ? { source: cell, tags: [] } : cell;
  return {
    cell_type: "code",
    id: `cell-${index + 1}`,
    metadata: tags.length > 0 ? { tags } : {},
    source,
    outputs: [],
    execution_count: null,
  };
}
