import { isExactNumber } from "../../document/parameters/languages/language.js";
import type { Parameters, ParameterValue } from "../../document/parameters/parameter-value.js";
import type { CellStatus, NotebookResult } from "./notebook-result.js";

export interface PapermillRun {
  parameters: Parameters;
  inputPath: string;
  outputPath?: string;
  start: Date;
}

const papermillStatus: Record<CellStatus, string> = {
  ok: "completed",
  failed: "failed",
  "timed-out": "failed",
  "kernel-died": "failed",
  skipped: "pending",
  "not-run": "pending",
};

/** Writes the keys that papermill writes, with its meanings, so that what reads them goes on working. */
export function addPapermillMetadata(result: NotebookResult, run: PapermillRun): void {
  const { notebook, status, cells, duration } = result;
  notebook.metadata.papermill = {
    default_parameters: {},
    environment_variables: {},
    parameters: plainValue(run.parameters),
    input_path: run.inputPath,
    output_path: run.outputPath ?? null,
    version: null,
    start_time: run.start.toISOString(),
    end_time: new Date(run.start.getTime() + duration).toISOString(),
    duration: duration / 1000,
    exception: status === "ok" ? null : true,
  };
  for (const { index, status, duration } of cells) {
    const cell = notebook.cells[index];
    if (!cell) {
      continue;
    }
    const failed = papermillStatus[status] === "failed";
    cell.metadata.papermill = {
      status: papermillStatus[status],
      duration: duration / 1000,
      exception: failed,
    };
  }
}

/** JSON as most read it has one kind of number; integers that it would change are texts. */
function plainValue(value: ParameterValue): unknown {
  if (typeof value === "bigint") {
    return isExactNumber(value) ? Number(value) : String(value);
  }
  if (Array.isArray(value)) {
    return value.map(plainValue);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));
}
