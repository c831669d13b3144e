import type { DiffLine } from "../../checker/notebook-check.js";

/** The changed lines, with `context` equal ones around them; `…` stands for what is left out. */
export function withContext(lines: DiffLine[], context: number): DiffLine[] {
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== " ");
  const hasChanges = lines.some(({ mark }) => mark !== " ");
  if (!hasChanges) {
    return lines;
  }
  const shown: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (isNear(index)) {
      shown.push(line);
    } else if (shown.at(-1)?.text !== "…") {
      shown.push({ mark: " ", text: "…" });
    }
  }
  return shown;
}
