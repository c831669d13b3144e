import type { CodeCell, Notebook } from "../../document/notebook.js";
import { OutputCollector } from "../../document/outputs/output-collector.js";
import { type PlannedCell, planCells } from "../cells/plan-cells.js";
import type { CellResult, NotebookResult } from "../result/notebook-result.js";
import type { RunEvent } from "../result/run-event.js";
import type { RunOptions } from "../run-options.js";
import type { ElsewhereEnd } from "./elsewhere.js";

/** A run as far as it is known here: its cells, results and outputs, by the events that have come. */
export class FollowedRun {
  readonly #result: NotebookResult;
  readonly #options: RunOptions;
  #outputs = new OutputCollector();
  #plan: PlannedCell[] = [];
  #running: CodeCell | undefined;

  constructor(result: NotebookResult, options: RunOptions) {
    this.#result = result;
    this.#options = options;
    this.started(result.notebook);
  }

  /** The notebook is this one, with its parameters. */
  started(notebook: Notebook): void {
    Object.assign(this.#result.notebook, notebook);
    this.#plan = planCells(this.#result.notebook, this.#options);
    this.#result.cells = this.#plan.map(({ entry }) => entry);
  }

  event(event: RunEvent): void {
    if (event.type === "cell-started") {
      if (event.number === 1) {
        this.#clear();
      }
      this.#running = this.#planned(event.index)?.cell;
    } else if (event.type === "output") {
      this.#outputs.apply(this.#running ?? { outputs: [] }, event.message);
    } else if (event.type === "cell-ended") {
      const { cell, entry } = this.#planned(event.result.index) ?? {};
      Object.assign(cell ?? {}, event.cell);
      Object.assign(entry ?? {}, event.result);
    }
  }

  ended(end: ElsewhereEnd): void {
    if ("lost" in end) {
      this.#result.status = "failed";
      this.#result.kernelExit = end.lost;
      Object.assign(this.#current ?? {}, { status: "kernel-died" });
      return;
    }
    const { status, cells, kernelExit, isOutOfMemory } = end.result;
    Object.assign(this.#result.notebook, end.result.notebook);
    Object.assign(this.#result, {
      status,
      cells,
      ...(kernelExit !== undefined && { kernelExit }),
      ...(isOutOfMemory !== undefined && { isOutOfMemory }),
    });
  }

  /** It was stopped from here. */
  stopped(): void {
    this.#result.status = "interrupted";
    const error = { ename: "Interrupted", evalue: "the run was stopped", traceback: [] };
    if (this.#running) {
      Object.assign(this.#current ?? {}, { status: "failed", error });
    }
  }

  #clear(): void {
    for (const { cell, entry } of this.#plan) {
      if (entry.status !== "skipped") {
        cell.outputs = [];
        cell.execution_count = null;
      }
    }
  }

  #planned(index: number): PlannedCell | undefined {
    return this.#plan.find(({ entry }) => entry.index === index);
  }

  /** The cell that runs, or would be the next one. */
  get #current(): CellResult | undefined {
    return this.#result.cells.find(({ status }) => status === "not-run");
  }
}
