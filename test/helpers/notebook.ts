import { writeFileSync } from "node:fs";
import path from "node:path";

/** Writes a notebook with one code cell for each source and returns its path. */
export function writeNotebook(
  folder: string,
  name: string,
  sources: string[],
  metadata: object = { kernelspec: { name: "tslab", display_name: "TypeScript (tslab)" } },
): string {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index + 1}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
  return file;
}
