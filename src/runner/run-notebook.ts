import path from "node:path";
import { addErrorCells, removeErrorCells } from "../document/edits/error-cells.js";
import { hideSources } from "../document/edits/hide-sources.js";
import { compilerOptions } from "../document/execution-rules.js";
import type { Notebook } from "../document/notebook.js";
import type { Kernelspec } from "../setup/found-kernelspec.js";
import { historyVariable, settingsVariable } from "../setup/own-kernelspec.js";
import { CellExecutor } from "./cells/cell-executor.js";
import { executeCells } from "./cells/execute-cells.js";
import { type PlannedCell, planCells } from "./cells/plan-cells.js";
import { executeElsewhere } from "./elsewhere/execute-elsewhere.js";
import { lookOf } from "./files/file-look.js";
import { readNotebook } from "./files/notebook-file.js";
import { NotebookSaver } from "./files/notebook-saver.js";
import { thisMachine } from "./kernels/direct/direct-kernel.js";
import { describeExit, isOutOfMemory } from "./kernels/kernel-exit.js";
import type { KernelHost, RunningKernel } from "./kernels/kernel-host.js";
import { selectKernel } from "./kernels/select-kernel.js";
import { JupyterServer } from "./kernels/server/jupyter-server.js";
import { startKernel } from "./kernels/start-kernel.js";
import type { NotebookResult } from "./result/notebook-result.js";
import { markInput, markOutcome } from "./result/outcome-metadata.js";
import { addPapermillMetadata } from "./result/papermill-metadata.js";
import type { RunOptions } from "./run-options.js";

/** As the library's `runNotebook()`, which loads this when it is called. */
export async function runNotebook(input: string | Notebook, options: RunOptions): Promise<NotebookResult> {
  const started = performance.now();
  const file = typeof input === "string" ? input : (options.path ?? "-");
  const look = options.outputPath === undefined ? undefined : await lookOf(options.outputPath);
  const notebook = typeof input === "string" ? await readNotebook(input) : input;
  const result: NotebookResult = { path: file, status: "ok", cells: [], duration: 0, notebook };
  const saver = new NotebookSaver(notebook, options, look);
  await saver.assertWritable();
  removeErrorCells(notebook);
  const start = new Date();
  try {
    if (options.elsewhere && !options.prepareOnly && needsKernel(notebook, options)) {
      await executeElsewhere(result, saver, options, options.elsewhere);
    } else {
      await executeHere(result, saver, options);
    }
  } finally {
    result.duration += performance.now() - started;
  }
  if (!options.prepareOnly) {
    markRun(result, start, options);
    await options.onNotebookEnd?.(result);
  }
  if (options.outputPath !== undefined && file !== "-" && options.outputPath !== file) {
    markInput(notebook, file, options.outputPath);
  }
  await saver.finish();
  if (options.outputPath !== undefined) {
    result.outputPath = options.outputPath;
  }
  return result;
}

/** Executes the notebook with a kernel of this machine or of a server; where it is not to be executed, only prepares it. */
async function executeHere(result: NotebookResult, saver: NotebookSaver, options: RunOptions): Promise<void> {
  const { notebook, path: file } = result;
  const host = options.server ? new JupyterServer(options.server) : thisMachine;
  const spec = needsKernel(notebook, options)
    ? await selectKernel(notebook, await host.kernelspecs(), file, options.kernelName)
    : undefined;
  await inject(notebook, spec, options);
  if (options.reportMode) {
    hideSources(notebook);
  }
  const plan = planCells(notebook, options);
  if (options.prepareOnly) {
    return;
  }
  result.cells = plan.map(({ entry }) => entry);
  if (spec) {
    await executeOnce({ result, plan, saver, options }, host, spec);
  }
}

/** Cells that are to run need one, and so does the language of parameters. */
function needsKernel(notebook: Notebook, options: RunOptions): boolean {
  const hasParameters = Object.keys({ ...options.parameters, ...options.pathParameters }).length > 0;
  const isToRun = planCells(notebook, options).some(({ entry }) => entry.status !== "skipped");
  return hasParameters || (isToRun && !options.prepareOnly);
}

async function inject(notebook: Notebook, spec: Kernelspec | undefined, options: RunOptions): Promise<void> {
  const { allowUnknown, pathParameters = {} } = options;
  const parameters = { ...options.parameters, ...pathParameters };
  if (!spec || Object.keys(parameters).length === 0) {
    return;
  }
  // The parsers of the languages take a while to load.
  const { injectParameters } = await import("../document/parameters/inject-parameters.js");
  const { findLanguage } = await import("../document/parameters/languages/find-language.js");
  const language = findLanguage(spec.language);
  const known = Object.keys(pathParameters);
  const unknown = injectParameters(notebook, parameters, { language, allowUnknown, known });
  if (unknown.length > 0) {
    options.onEvent?.({ type: "parameters-unknown", names: unknown });
  }
}

interface Run {
  result: NotebookResult;
  plan: PlannedCell[];
  saver: NotebookSaver;
  options: RunOptions;
}

/** Executes the plan, unless a cache knows what comes of it. */
async function executeOnce(run: Run, host: KernelHost, spec: Kernelspec): Promise<void> {
  const { result, options } = run;
  const { cache } = options;
  if (!cache || options.server) {
    await execute(run, host, spec);
    return;
  }
  const file = path.resolve(result.path);
  const cwd = path.resolve(options.cwd ?? path.dirname(file));
  const request = { notebook: result.notebook, file, cwd, spec, options };
  const known = await cache.find(request);
  if (known) {
    result.cells = known;
    result.isCached = true;
    return;
  }
  await execute(run, host, spec);
  if (result.status === "ok") {
    await cache.store(request, result.cells);
  }
}

async function execute(
  { result, plan, saver, options }: Run,
  host: KernelHost,
  spec: Kernelspec,
): Promise<void> {
  const { signal = new AbortController().signal, startTimeout = 60, onEvent = () => {} } = options;
  const cwd = path.resolve(options.cwd ?? path.dirname(result.path));
  onEvent({ type: "kernel-starting", kernel: spec.name });
  const kernel = await startKernel(
    host,
    withSettings(spec, result.notebook),
    { cwd, startTimeout, signal },
    onEvent,
  );
  const executor = new CellExecutor(kernel, (cell, message) => onEvent({ type: "output", cell, message }));
  try {
    await describeKernel(result.notebook, kernel);
    const ready = performance.now();
    await options.whenReady?.();
    result.duration -= performance.now() - ready;
    saver.start();
    await executeCells(result, options, { plan, kernel, executor, onCellEnd: () => saver.saveSometimes() });
    if (result.cells.some(({ status }) => status === "kernel-died")) {
      const exit = await kernel.exited;
      result.kernelExit = describeExit(exit);
      if (isOutOfMemory(exit)) {
        result.isOutOfMemory = true;
      }
    }
  } finally {
    await kernel.shutdown();
    executor.close(result.notebook);
    await saver.stop();
  }
}

/** A kernel of ours is as strict as the notebook's metadata ask; nobody looks for these cells in its history. */
function withSettings(spec: Kernelspec, notebook: Notebook): Kernelspec {
  const settings = compilerOptions(notebook);
  const strictness = settings && { [settingsVariable]: JSON.stringify(settings) };
  return { ...spec, env: { ...spec.env, [historyVariable]: "off", ...strictness } };
}

async function describeKernel(notebook: Notebook, { connection, exited }: RunningKernel): Promise<void> {
  const info = await Promise.race([connection.info, exited]);
  if ("language_info" in info) {
    notebook.metadata.language_info = { ...info.language_info };
  }
}

function markRun(result: NotebookResult, start: Date, options: RunOptions): void {
  const { parameters = {}, outputPath } = options;
  markOutcome(result);
  if (options.papermillMetadata) {
    addPapermillMetadata(result, { parameters, inputPath: result.path, outputPath, start });
  }
  const failed = result.cells.find(({ error, status }) => error !== undefined && status !== "ok");
  if (!options.errorCell || !failed?.error) {
    return;
  }
  const place = failed.index;
  addErrorCells(result.notebook, place, `${failed.error.ename}: ${failed.error.evalue}`);
  for (const cell of result.cells) {
    cell.index += cell.index < place ? 1 : 2;
  }
}
