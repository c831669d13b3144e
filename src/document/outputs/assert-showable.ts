import { isCodeCell, isMultilineString, type Notebook, NotebookFormatError } from "../notebook.js";
import { isRecord } from "../record.js";

/** Throws NotebookFormatError for an output that cannot be shown, as it has no text, no data or no traceback. */
export function assertShowable({ cells }: Notebook): void {
  for (const [index, cell] of cells.entries()) {
    for (const [position, output] of (isCodeCell(cell) ? cell.outputs : []).entries()) {
      const problem = problemOf(output);
      if (problem !== undefined) {
        throw new NotebookFormatError(`cells[${index}].outputs[${position}]: ${problem}`);
      }
    }
  }
}

function problemOf(output: unknown): string | undefined {
  if (!isRecord(output)) {
    return "expected an object";
  }
  const { output_type, text, traceback, data } = output;
  if (output_type === "stream") {
    return isMultilineString(text) ? undefined : "expected `text` to be a string or a list of strings";
  }
  if (output_type === "error") {
    return Array.isArray(traceback) ? undefined : "expected `traceback` to be a list of strings";
  }
  return isRecord(data) ? undefined : "expected `data` to be an object";
}
