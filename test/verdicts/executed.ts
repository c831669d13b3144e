import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { checkTypes } from "poolbook/checker";
import { runNotebook } from "poolbook/runner";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { type Diagnostic, TypeChecker } from "#dist/language/index.js";

/** The findings on one cell as texts: place, code, and the first line of the message. */
export type Verdict = readonly string[];

export interface Comparison {
  cells: number;
  refused: number;
  /** A sentence for each cell on which the two say different things. */
  differences: string[];
}

interface ExecutedCell {
  index: number;
  source: string;
  verdict: Verdict;
}

/**
 * Executes a notebook in a real kernel and compares what the kernel says of each cell with what the checker says. After
 * a refused cell the kernel does not know its names, which the checker does; so the checker is asked about the cells
 * that ran before, too.
 */
export async function compareWithExecution(file: string): Promise<Comparison> {
  const executed = await executedCells(file);
  const differences: string[] = [];
  const { status, problem, cells: checked } = await checkTypes(file, { cache: false });
  if (status === "could-not-run" || status === "passed-over") {
    differences.push(`${file} was not checked: ${problem}`);
  }
  const firstRefused = executed.findIndex(({ verdict }) => verdict.length > 0);
  const behind = verdictsBehindAccepted(path.dirname(file), executed);
  for (const [position, { index, verdict }] of executed.entries()) {
    const own = checked.find(({ number }) => number === index + 1)?.diagnostics ?? [];
    const said = own.map(({ file: imported, start, code, message }) =>
      text(imported, start.line, start.column, code, message),
    );
    const place = `${file}:cell_${index + 1}`;
    if (firstRefused < 0 || position <= firstRefused) {
      differences.push(...difference(`${place}, checked`, verdict, said));
    }
    differences.push(...difference(`${place}, behind those that ran`, verdict, behind[position] ?? []));
  }
  return {
    cells: executed.length,
    refused: executed.filter(({ verdict }) => verdict.length > 0).length,
    differences,
  };
}

async function executedCells(file: string): Promise<ExecutedCell[]> {
  const { cells, notebook } = await runNotebook(file, { allowErrors: true, defaultCellTimeout: 120 });
  return cells
    .filter(({ status }) => status === "ok" || status === "failed")
    .map(({ index, error }) => ({
      index,
      source: [notebook.cells[index]?.source ?? ""].flat().join(""),
      verdict: error?.ename === "TypeScriptError" ? findingsIn(error.traceback.join("\n")) : [],
    }));
}

/** The places and codes in the kernel's message about a cell, which says a mistake once and then where it comes again. */
function findingsIn(traceback: string): Verdict {
  const finding = /^(.+):(\d+):(\d+) - error TS(\d+): (.*)$/;
  const found: string[] = [];
  let last: [file: string | undefined, code: number, message: string] | undefined;
  for (const line of stripVTControlCharacters(traceback).split("\n")) {
    const [, place = "", row, column, code, message = ""] = finding.exec(line) ?? [];
    if (code !== undefined) {
      last = [/^cell\[\d+\]\.[jt]s$/.test(place) ? undefined : place, Number(code), message];
      found.push(text(last[0], Number(row), Number(column), last[1], last[2]));
    }
    const [, again = ""] = /^ {2}The same at ([\d:, ]+)$/.exec(line) ?? [];
    for (const [, row, column] of last ? again.matchAll(/(\d+):(\d+)/g) : []) {
      found.push(text(last?.[0], Number(row), Number(column), last?.[1] ?? 0, last?.[2] ?? ""));
    }
  }
  return found;
}

/** The checker's findings on each cell behind those before it that the kernel accepted. */
function verdictsBehindAccepted(directory: string, cells: readonly ExecutedCell[]): Verdict[] {
  const checker = new TypeChecker(cellSurroundings).notebook({ directory: path.resolve(directory) });
  const accepted: string[] = [];
  return cells.map(({ source, verdict }) => {
    const last = [...checker.check([...accepted, source])].at(-1);
    if (verdict.length === 0) {
      accepted.push(source);
    }
    return (last?.diagnostics ?? []).map(({ fileName, start, code, messageText }: Diagnostic) =>
      text(fileName, start.line + 1, start.character + 1, code, messageText),
    );
  });
}

function text(file: string | undefined, line: number, column: number, code: number, message: string): string {
  return `${file === undefined ? "" : `${file}:`}${line}:${column} TS${code} ${message.split("\n")[0]}`;
}

function difference(place: string, executed: Verdict, checked: Verdict): string[] {
  return [...executed].sort().join("\n") === [...checked].sort().join("\n")
    ? []
    : [`${place}\n  the kernel: ${executed.join(" | ")}\n  checked:    ${checked.join(" | ")}`];
}
