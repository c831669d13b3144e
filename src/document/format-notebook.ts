import { stringifyJson } from "./json/exact-json.js";
import { withNumberTexts } from "./json/number-texts.js";
import { isText } from "./mime.js";
import {
  isCodeCell,
  isMultilineString,
  joinLines,
  type Notebook,
  type Output,
  splitLines,
} from "./notebook.js";
import { isRecord } from "./record.js";

/** The notebook as JSON text the way Jupyter writes it: one space of indentation, texts as lists of lines. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    ...(isCodeCell(cell) && { outputs: cell.outputs.map(splitOutput) }),
  }));
  return `${stringifyJson({ ...notebook, cells }, " ")}\n`;
}

/** Outputs that are none, as those of a cell that is not run may be, stay what they are. */
function splitOutput(output: Output): Output {
  if (!isRecord(output)) {
    return output;
  }
  if (output.output_type === "stream") {
    return isMultilineString(output.text) ? { ...output, text: splitLines(joinLines(output.text)) } : output;
  }
  if (output.output_type === "error") {
    return output;
  }
  if (!isRecord(output.data)) {
    return output;
  }
  const data = Object.entries(output.data).map(([type, value]) => [type, splitMimeData(type, value)]);
  return { ...output, data: withNumberTexts(Object.fromEntries(data), output.data) };
}

/** nbformat splits textual data only: base64 stays one string and JSON stays a value. */
function splitMimeData(type: string, value: unknown): unknown {
  return isText(type) && typeof value === "string" ? splitLines(value) : value;
}
