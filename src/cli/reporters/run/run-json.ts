import type { NotebookEnd } from "./notebook-end.js";

/** The results as JSON: everything but the notebooks themselves, which `--output` and `--output-dir` write. */
export function runJson(ends: NotebookEnd[]): string {
  const notebooks = ends.map(({ file, result, problem }) => {
    if (!result) {
      return { path: file, status: "not-run", ...(problem !== undefined && { problem }) };
    }
    const { notebook, ...rest } = result;
    return rest;
  });
  return `${JSON.stringify({ notebooks }, null, 2)}\n`;
}
