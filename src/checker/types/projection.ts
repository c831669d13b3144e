import type { CellVerdict } from "../../language/index.js";
import type { CheckedSource } from "./checked-cells.js";

/**
 * One TypeScript text of a notebook's cells: each as it was checked, under its location, and behind it, as comments, the
 * declarations by which later cells know it.
 */
export function projection(
  path: string,
  cells: readonly CheckedSource[],
  verdicts: readonly CellVerdict[],
): string {
  const parts = cells.map(({ number, cell, isInjected, source }, index) => {
    const name = isInjected ? "injected-parameters" : `cell_${number}`;
    const head = `// ${path}:${name}${cell.id === undefined ? "" : ` (${cell.id})`}`;
    return [head, source.trimEnd(), ...declared(verdicts[index]), ""].join("\n");
  });
  return [...parts, "export {};", ""].join("\n");
}

function declared(verdict: CellVerdict | undefined): string[] {
  const before = new Set(verdict?.previous.split("\n"));
  const lines = (verdict?.declarations ?? "").split("\n").filter((line) => line !== "" && !before.has(line));
  return lines.length === 0 ? [] : ["// declares:", ...lines.map((line) => `//   ${line}`)];
}
