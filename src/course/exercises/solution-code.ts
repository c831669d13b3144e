import { readFileSync } from "node:fs";

const file = new URL("../../../notebooks/solutions/solutions.ipynb", import.meta.url);

/** The source of the cell `NAME-solution` in the notebook with the solutions of the course. */
export function solutionCode(name: string): () => string {
  return () => {
    const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: { id: string; source: string[] }[] };
    const cell = cells.find(({ id }) => id === `${name}-solution`);
    if (!cell) {
      throw new Error(`The notebook with the solutions has no cell "${name}-solution"`);
    }
    return cell.source.join("");
  };
}
