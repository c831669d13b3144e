import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The code cells of a notebook as one file, which is what other tools make of it. Returns its path. */
export function joinedCells(notebook: string, folder: string): string {
  const { cells }: { cells: { cell_type: string; source: string | string[] }[] } = JSON.parse(
    readFileSync(notebook, "utf8"),
  );
  const code = cells
    .filter((cell) => cell.cell_type === "code")
    .map(({ source }) => [source].flat().join(""));
  const file = path.join(folder, `${path.basename(notebook, ".ipynb").replace(/\W/g, "-")}.ts`);
  writeFileSync(file, [...code, "export {};"].join("\n"));
  return file;
}
