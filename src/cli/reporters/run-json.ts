import type { NotebookEnd } from "../commands/run-notebooks.js";

/** The results as JSON: everything but the notebooks themselves, which `--output` and `--output-dir` write. */
export function jsonReport(ends: NotebookEnd[]): string {
  const notebooks = ends.map(({ file, result, problem }) => {
    if (!result) {
      return { path: file, status: "not-run", ...(problem !== undefined && { problem }) };
    }
    const { notebook, ...rest } = result;
    return rest;
  });
  return `${JSON.stringify({ notebooks }, null, 2)}\n`;
}
