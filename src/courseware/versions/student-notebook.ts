import { isCodeCell, type Notebook, splitLines } from "../../document/notebook.js";
import { sourceOf } from "../chapter.js";
import { withoutOutputs } from "../working-copy/course-files.js";

const region = /^([ \t]*)\/\/+ *BEGIN SOLUTION[^\n]*\n[\s\S]*?^[ \t]*\/\/+ *END SOLUTION[^\n]*$/gm;

/**
 * The notebook as students get it; changes it. Gone are the outputs, cells tagged `solution` or with an id `NAME-solution`, and what
 * stands between `// BEGIN SOLUTION` and `// END SOLUTION`.
 */
export function studentNotebook(notebook: Notebook): Notebook {
  notebook.cells = notebook.cells.filter(
    ({ id, metadata }) => !id?.endsWith("-solution") && !metadata.tags?.includes("solution"),
  );
  for (const cell of notebook.cells.filter(isCodeCell)) {
    const source = sourceOf(cell);
    const stripped = source.replace(region, "$1// Your code goes here.");
    if (stripped !== source) {
      cell.source = splitLines(stripped);
    }
  }
  return withoutOutputs(notebook);
}
