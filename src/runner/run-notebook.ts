import path from "node:path";
import { type CodeCell, isCodeCell, joinLines, type Notebook } from "../document/notebook.js";
import { findKernelspec, NoSuchKernelError } from "../setup/kernelspecs.js";
import { CellExecutor } from "./cell-executor.js";
import { describeExit, startDirectKernel } from "./direct-kernel.js";
import { readNotebook, saveNotebook } from "./notebook-file.js";
import type { CellResult, NotebookResult } from "./notebook-result.js";
import type { RunningKernel } from "./transport.js";

export interface RunOptions {
  /** Where the executed notebook is saved, whatever became of it. Default: nowhere. */
  outputPath?: string;
  /** Seconds until the kernel must answer. Default: 60. */
  startTimeout?: number;
  /** Stops the run when it aborts: what ran is saved, and the result says `interrupted`. */
  signal?: AbortSignal;
  /** Told of each step, in order. */
  onEvent?: (event: RunEvent) => void;
}

export type RunEvent =
  | { type: "kernel-starting"; kernel: string }
  | { type: "cell-started"; cell: CodeCell; index: number; number: number; count: number }
  | { type: "output"; cell: CodeCell; message: { msg_type: string; content: Record<string, unknown> } }
  | { type: "cell-ended"; cell: CodeCell; result: CellResult };

/**
 * Executes the notebook in the file `input`, cell after cell on one fresh kernel, in the notebook's folder. The first
 * cell that fails ends the run. The file itself is not changed.
 *
 * Throws NotebookFormatError, NoSuchKernelError, KernelStartError, or the file system's error, when nothing could be run.
 */
export async function runNotebook(input: string, options: RunOptions = {}): Promise<NotebookResult> {
  const { startTimeout = 60, signal = new AbortController().signal, onEvent = () => {} } = options;
  const started = performance.now();
  const notebook = await readNotebook(input);
  const spec = await findKernelspec(kernelName(notebook));
  onEvent({ type: "kernel-starting", kernel: spec.name });
  const kernel = await startDirectKernel(spec, {
    cwd: path.dirname(path.resolve(input)),
    startTimeout,
    signal,
  });
  const result: NotebookResult = { path: input, status: "ok", cells: [], duration: 0, notebook };
  try {
    await executeCells(kernel, result, signal, onEvent);
  } finally {
    await kernel.shutdown();
    result.duration = performance.now() - started;
    if (options.outputPath !== undefined) {
      await saveNotebook(notebook, options.outputPath);
      result.outputPath = options.outputPath;
    }
  }
  return result;
}

function kernelName({ metadata }: Notebook): string {
  const name = metadata.kernelspec?.name;
  if (typeof name === "string" && name !== "") return name;
  throw new NoSuchKernelError("the notebook names no kernel (`metadata.kernelspec.name`)");
}

async function executeCells(
  kernel: RunningKernel,
  result: NotebookResult,
  signal: AbortSignal,
  onEvent: (event: RunEvent) => void,
): Promise<void> {
  const { notebook, cells } = result;
  const executor = new CellExecutor(kernel, (cell, message) =>
    onEvent({
      type: "output",
      cell,
      message: { msg_type: message.header.msg_type, content: message.content as Record<string, unknown> },
    }),
  );
  const { language_info } = await kernel.connection.info;
  notebook.metadata.language_info = language_info as typeof notebook.metadata.language_info;
  const codeCells = [...notebook.cells.entries()].filter((entry): entry is [number, CodeCell] =>
    isCodeCell(entry[1]),
  );
  for (const [, cell] of codeCells) clearOutputs(cell);
  for (const [position, [index, cell]] of codeCells.entries()) {
    const skipped = joinLines(cell.source).trim() === "";
    const entry: CellResult = { index, id: cell.id, status: "not-run", duration: 0 };
    cells.push(entry);
    if (skipped) entry.status = "skipped";
    if (skipped || result.status !== "ok") continue;
    onEvent({ type: "cell-started", cell, index, number: position + 1, count: codeCells.length });
    const started = performance.now();
    try {
      Object.assign(entry, await executor.execute(cell, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
      result.status = "interrupted";
      kernel.interrupt();
    }
    entry.duration = performance.now() - started;
    if (result.status === "ok" && entry.status !== "ok") result.status = "failed";
    if (entry.status === "kernel-died") result.kernelExit = describeExit(await kernel.exited);
    onEvent({ type: "cell-ended", cell, result: entry });
  }
  executor.close();
}

function clearOutputs(cell: CodeCell): void {
  cell.outputs = [];
  cell.execution_count = null;
}
