import { isNotebookFile, joinLines, type Notebook } from "./notebook.js";

export interface NotebookLink {
  /** Position of the cell. */
  index: number;
  /** A path relative to the notebook. */
  target: string;
}

const code = /^(```|~~~)[\s\S]*?^\1|`[^`\n]*`/gm;
const link = /\]\(\s*<?([^)\s>]+)|^\s*\[[^\]\n]+\]:\s*<?([^\s>]+)|\bhref\s*=\s*["']([^"']+)/gm;

/** The links in texts that name another notebook by a relative path. */
export function notebookLinks({ cells }: Notebook): NotebookLink[] {
  return cells.flatMap(({ cell_type, source }, index) => {
    if (cell_type !== "markdown") {
      return [];
    }
    const targets = [...joinLines(source).replace(code, "").matchAll(link)].map(
      (match) => match[1] ?? match[2] ?? match[3],
    );
    return targets.flatMap((target = "") => {
      const path = target.replace(/[?#].*$/s, "");
      return isNotebookFile(path) && !/^[a-z][a-z\d+.-]*:/i.test(path)
        ? [{ index, target: decoded(path) }]
        : [];
    });
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
