import { type CodeCell, joinLines } from "../../document/notebook.js";
import type { CellError, CellStatus } from "../result/notebook-result.js";

export interface CellOutcome {
  status: CellStatus;
  error?: CellError;
  /** The cell asked for the run to end here, without an error. */
  endsRun?: boolean;
  /** The error is none that the cell has raised, so that nobody can have expected it. */
  isUnexpected?: boolean;
}

/** The content of an `execute_reply`. `abort` is tslab's word for the protocol's `aborted`. */
export interface ReplyContent {
  status: "ok" | "error" | "aborted" | "abort";
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

/** The outcome of a cell, by the kernel's reply and by what it published. Python's `sys.exit()` is no error. */
export function outcomeOf(cell: CodeCell, reply: ReplyContent): CellOutcome {
  if (reply.status === "abort" || reply.status === "aborted") {
    return { status: "not-run" };
  }
  const published = cell.outputs.find((output) => output.output_type === "error");
  if (reply.status === "ok" && !published) {
    return { status: "ok" };
  }
  const { ename = "Error", evalue = printedReason(cell), traceback = [] } = published ?? reply;
  if (ename === "SystemExit" && (evalue === "" || evalue === "0")) {
    return { status: "ok", endsRun: true };
  }
  return {
    status: "failed",
    error: { ename: ename || "Error", evalue: ename ? evalue : unnamed(evalue), traceback },
  };
}

/** Shells give a cell's exit status as the value of an error without a name. */
function unnamed(evalue: string): string {
  return /^\d+$/.test(evalue) ? `exit status ${evalue}` : evalue || "the kernel does not say why";
}

/** A cell whose output cannot be taken. */
export function outputRefused(error: unknown): CellOutcome {
  const { name: ename, message: evalue } = error instanceof Error ? error : new Error(String(error));
  return { status: "failed", error: { ename, evalue, traceback: [] }, isUnexpected: true };
}

export function inputRefused(): CellOutcome {
  const evalue = "the cell asks for input, and nobody is there to give it";
  return { status: "failed", error: { ename: "StdinNotImplementedError", evalue, traceback: [] } };
}

/** Kernels that name no error, as tslab by itself, have printed it. */
function printedReason(cell: CodeCell): string {
  const printed = cell.outputs.findLast(
    (output) => output.output_type === "stream" && output.name === "stderr",
  );
  return printed?.output_type === "stream" ? joinLines(printed.text).trim() : "";
}
