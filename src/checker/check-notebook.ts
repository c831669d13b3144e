import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import {
  type CellComparison,
  type CellProblem,
  compareCells,
} from "../document/comparison/compare-notebooks.js";
import { cellRules, executionTags } from "../document/comparison/rules/cell-rules.js";
import type { RuleLayer } from "../document/comparison/rules/check-rules.js";
import { CheckSettingsError } from "../document/comparison/rules/check-settings.js";
import { type CodeCell, joinLines, type Notebook, NotebookFormatError } from "../document/notebook.js";
import { type NotebookSource, readNotebookSource } from "../document/notebook-source.js";
import { isStale, updateOutputs } from "../document/outputs/update-outputs.js";
import { describeError } from "../runner/describe-error.js";
import type { CellResult, NotebookResult, RunOptions } from "../runner/index.js";
import type { CellCheck, NotebookCheck } from "./notebook-check.js";

export interface CheckNotebookOptions {
  /** The rules that stand outside of the notebook. */
  layers: () => Promise<RuleLayer[]>;
  /** Whether fresh outputs are written into the notebook where they differ. */
  update: boolean;
  /** How often a notebook that is not equal is run again. */
  retries: number;
  run: RunOptions;
}

// No notebook is that large; one that is would not fit into a string, or into memory.
const largest = 256 * 2 ** 20;

/** Executes the notebook and compares what comes out with what it holds. */
export async function checkNotebook(file: string, options: CheckNotebookOptions): Promise<NotebookCheck> {
  try {
    const source = await readSource(file);
    const layers = await options.layers();
    checkRules(source, layers);
    let check = await attempt(file, source, layers, options, 1);
    for (let number = 2; number <= options.retries + 1 && canBeRetried(check); number++) {
      check = await attempt(file, source, layers, options, number);
    }
    return check;
  } catch (error) {
    const text = describeError(error);
    const problem = text.startsWith(file) ? text.slice(file.length).replace(/^: /, "") : text;
    return { ...emptyCheck(file), status: "could-not-run", problem };
  }
}

/** The notebook in the file, read strictly. Throws NotebookFormatError, or the file system's error. */
export async function readSource(file: string): Promise<NotebookSource> {
  const { size } = await stat(file);
  if (size > largest) {
    throw new NotebookFormatError(`larger than ${largest / 2 ** 20} MiB`);
  }
  return readNotebookSource(await readFile(file));
}

/** Throws CheckSettingsError when the rules of a cell are not understood, before anything is run. */
export function checkRules({ notebook }: NotebookSource, layers: RuleLayer[]): void {
  for (const [index, cell] of notebook.cells.entries()) {
    try {
      cellRules(notebook, cell, layers);
    } catch (cause) {
      if (!(cause instanceof CheckSettingsError)) {
        throw cause;
      }
      throw new CheckSettingsError(`${cellName(index, cell.id)}: ${cause.message}`, { cause });
    }
  }
}

export function cellName(index: number, id?: string): string {
  return `cell ${index + 1}${id === undefined ? "" : ` (${id})`}`;
}

function emptyCheck(path: string): NotebookCheck {
  return { path, status: "equal", cells: [], duration: 0, attempts: 0, isFlaky: false, updated: [] };
}

function canBeRetried({ status }: NotebookCheck): boolean {
  return status === "different" || status === "failed";
}

async function attempt(
  file: string,
  source: NotebookSource,
  layers: RuleLayer[],
  { run, update }: CheckNotebookOptions,
  number: number,
): Promise<NotebookCheck> {
  const { runNotebook } = await import("../runner/index.js");
  const notebook = withExecutionTags(structuredClone(source.notebook));
  const result = await runNotebook(notebook, { ...run, cwd: run.cwd ?? path.dirname(file) });
  const cells = compareCells(source.notebook, result.notebook, {
    layers,
    problems: problemsOf(result),
    skipped: skipped(result),
  });
  const differs = cells.some(({ differences }) => differences.length > 0);
  const updated = update && result.status === "ok" ? await writeUpdates(file, source, cells) : [];
  const isEqual = result.status === "ok" && (!differs || update);
  return {
    path: file,
    status: isEqual ? "equal" : result.status === "ok" ? "different" : result.status,
    cells: cells.map((cell) => cellCheck(cell, result)),
    duration: result.duration,
    attempts: number,
    isFlaky: isEqual && number > 1,
    updated,
  };
}

function withExecutionTags(notebook: Notebook): Notebook {
  for (const cell of notebook.cells) {
    const tags = executionTags(notebook, cell);
    if (tags.length > 0) {
      cell.metadata.tags = [...(cell.metadata.tags ?? []), ...tags];
    }
  }
  return notebook;
}

/** What went wrong in cells, in words. */
function problemsOf({ cells, kernelExit }: NotebookResult): Map<number, CellProblem> {
  const describe = ({ status, error }: CellResult): CellProblem | undefined => {
    if (status === "ok" || status === "skipped") {
      return undefined;
    }
    if (status === "not-run") {
      return { message: "did not run", lines: [] };
    }
    if (status === "kernel-died") {
      return { message: `the kernel ${kernelExit}`, lines: [] };
    }
    if (!error) {
      return { message: status, lines: [] };
    }
    const [first = ""] = `${error.ename}: ${error.evalue}`.split("\n", 1);
    return {
      message: first,
      lines: error.traceback.length > 0 ? error.traceback.join("\n").split("\n") : [],
    };
  };
  return new Map(
    cells.flatMap((cell) => {
      const problem = describe(cell);
      return problem ? [[cell.index, problem] as const] : [];
    }),
  );
}

function skipped({ cells }: NotebookResult): Set<number> {
  return new Set(cells.filter(({ status }) => status === "skipped").map(({ index }) => index));
}

function cellCheck(
  { index, stored, fresh, differences, notes }: CellComparison,
  { cells }: NotebookResult,
): CellCheck {
  const result = cells.find((cell) => cell.index === index);
  const cell = fresh ?? stored;
  const status = (): CellCheck["status"] => {
    if (result?.status === "not-run" || result?.status === "skipped") {
      return result.status;
    }
    if (result && result.status !== "ok") {
      return "failed";
    }
    if (differences.length > 0) {
      return "different";
    }
    return notes.includes("outputs not compared") ? "not-compared" : "equal";
  };
  return {
    number: index + 1,
    id: cell?.id,
    source: joinLines(cell?.source ?? ""),
    status: status(),
    duration: result?.duration ?? 0,
    differences,
    notes,
  };
}

/** Writes what differs, and what was never stored; returns the numbers of the cells. */
async function writeUpdates(
  file: string,
  source: NotebookSource,
  cells: CellComparison[],
): Promise<number[]> {
  const updates = new Map<number, CodeCell>();
  for (const { stored, fresh, differences } of cells) {
    if (!stored || !fresh || (differences.length === 0 && !(isStale(stored) && !isStale(fresh)))) {
      continue;
    }
    updates.set(source.notebook.cells.indexOf(stored), fresh);
  }
  if (updates.size === 0) {
    return [];
  }
  const now = await readFile(file);
  if (!now.equals(Buffer.from(source.text))) {
    throw new NotebookFormatError("changed while it was run; its outputs are not updated");
  }
  const { replaceFile } = await import("../runner/files/replace-file.js");
  await replaceFile(file, updateOutputs(source, updates));
  return [...updates.keys()].map((index) => index + 1);
}
