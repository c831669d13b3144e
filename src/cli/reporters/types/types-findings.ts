import type { CellCheck, Difference, NotebookCheck } from "../../../checker/notebook-check.js";
import type { CellTypes, NotebookTypes, TypeDiagnostic } from "../../../checker/types/notebook-types.js";

/** Verdicts on types as findings of a check; what is wrong in an imported file is told in full only once. */
export class TypesFindings {
  readonly #told = new Set<string>();

  of({ path, status, problem, cells, duration }: NotebookTypes): NotebookCheck {
    return {
      path,
      status,
      ...(problem !== undefined && { problem }),
      cells: cells.map((cell) => this.#cell(cell)),
      duration,
      attempts: 1,
      isFlaky: false,
      updated: [],
    };
  }

  #cell(cell: CellTypes): CellCheck {
    const { number, id, source, status, diagnostics, missing } = cell;
    const unexpected = diagnostics.filter(({ isExpected }) => !isExpected);
    const differences = [
      ...unexpected.flatMap((each) => this.#difference(cell, each)),
      ...missing.map((code) => finding(cell, `expected error TS${code} does not come`, [])),
    ];
    return { number, id, source, status, duration: 0, differences, notes: [] };
  }

  #difference(cell: CellTypes, { file, location, code, message, start, end }: TypeDiagnostic): Difference[] {
    const [first = "", ...more] = message.split("\n");
    const head = `${location} - error TS${code}: ${first}`;
    if (file === undefined) {
      return [finding(cell, head, [...more, ...excerpt(cell.source, start, end)])];
    }
    if (this.#told.has(head)) {
      return [finding(cell, `imports ${file}, which has errors (told above)`, [])];
    }
    this.#told.add(head);
    return [finding(cell, head, more)];
  }
}

function finding({ number, id }: CellTypes, message: string, lines: string[]): Difference {
  return {
    index: number - 1,
    id,
    kind: "type",
    part: "cell",
    message,
    lines: lines.map((text) => ({ mark: " ", text })),
  };
}

/** The first line that is meant, and carets under its part. */
function excerpt(source: string, start: TypeDiagnostic["start"], end: TypeDiagnostic["end"]): string[] {
  const line = source.split(/\r?\n/)[start.line - 1] ?? "";
  const stop = end.line === start.line ? end.column : line.length + 1;
  const indent = line.slice(0, start.column - 1).replace(/[^\t]/g, " ");
  return [line, `${indent}${"^".repeat(Math.max(1, stop - start.column))}`];
}
