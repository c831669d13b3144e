import { cellRule } from "../../document/execution-rules.js";
import { ExpectedErrorsError, expectedErrors } from "../../document/expected-errors.js";
import { type Cell, isCodeCell } from "../../document/notebook.js";
import { type Chapter, leadsSomewhere, linkTargets, type Problem, placeOf, sourceOf } from "../chapter.js";

const mostLines = 16;
const longestLine = 120;
const cellMetadata = ["tags", "poolbook"];
const notebookMetadata = ["kernelspec", "language_info", "poolbook"];

/** Rules for each cell by itself, and for the file that holds them. */
export function cellProblems({ file, notebook }: Chapter): Problem[] {
  const { cells, metadata, nbformat, nbformat_minor } = notebook;
  const ids = cells.map(({ id }) => id);
  const problems: Problem[] = [];
  if (nbformat !== 4 || nbformat_minor < 5) {
    problems.push({
      file,
      message: `The notebook is nbformat ${nbformat}.${nbformat_minor}; cells have ids from 4.5 on`,
    });
  }
  for (const key of Object.keys(metadata).filter((key) => !notebookMetadata.includes(key))) {
    problems.push({ file, message: `The notebook has metadata \`${key}\`, which nobody reads` });
  }
  if (metadata.kernelspec?.name !== "tslab") {
    problems.push({ file, message: "The notebook does not name the kernel `tslab`" });
  }
  if (cells[0]?.cell_type !== "markdown") {
    problems.push({ file, message: "The notebook does not begin with text" });
  }
  cells.forEach((cell, index) => {
    const sentences = [...idProblems(cell, ids), ...sourceProblems(cell, file), ...outputProblems(cell)];
    problems.push(...sentences.map((message) => ({ file, cell: placeOf(cell, index), message })));
  });
  return problems;
}

function idProblems({ id, metadata }: Cell, ids: (string | undefined)[]): string[] {
  const problems: string[] = [];
  if (id === undefined || !/^[a-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$/.test(id)) {
    problems.push("The cell has no id that a person gave it, such as `apply-run`");
  } else if (ids.filter((other) => other === id).length > 1) {
    problems.push("Another cell has the same id");
  }
  for (const key of Object.keys(metadata).filter((key) => !cellMetadata.includes(key))) {
    problems.push(`The cell has metadata \`${key}\`; only tags and poolbook belong there`);
  }
  return problems;
}

function sourceProblems(cell: Cell, file: string): string[] {
  const source = sourceOf(cell);
  if (!isCodeCell(cell)) {
    return linkTargets(source)
      .filter((target) => !leadsSomewhere(file, target))
      .map((target) => `The link to ${target} leads nowhere`);
  }
  const lines = source.split("\n");
  const problems: string[] = [];
  if (lines.length > mostLines) {
    problems.push(`The cell has ${lines.length} lines; more than ${mostLines} are two ideas`);
  }
  const tooLong = lines.findIndex((line) => line.length > longestLine);
  if (tooLong >= 0) {
    problems.push(`Line ${tooLong + 1} has more than ${longestLine} characters and does not fit a screen`);
  }
  return problems;
}

function outputProblems(cell: Cell): string[] {
  if (!isCodeCell(cell)) {
    return [];
  }
  return cell.outputs.flatMap((output) => {
    if (output.output_type === "error" && !(output.ename === "TypeScriptError" && showsTypeErrors(cell))) {
      return [`The cell has stored an error, ${output.ename}; show errors with \`try\` and \`catch\``];
    }
    if (output.output_type === "stream" && output.name === "stderr") {
      return ["The cell has stored something on stderr"];
    }
    const hasPicture = "data" in output && Object.keys(output.data).some((type) => type.startsWith("image/"));
    return hasPicture && !("text/plain" in output.data) ? ["The picture has no words beside it"] : [];
  });
}

/** True of a cell that is there to be refused: it names the type checker's errors, and says that it raises. */
function showsTypeErrors(cell: Cell): boolean {
  try {
    return cellRule(cell).mustRaise && expectedErrors(cell).length > 0;
  } catch (error) {
    if (error instanceof ExpectedErrorsError) {
      return false;
    }
    throw error;
  }
}
