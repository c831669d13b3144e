import { setTimeout as delay } from "node:timers/promises";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { type CodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import {
  OutputCollector,
  type OutputMessage,
  settleStreams,
} from "../../document/outputs/output-collector.js";
import { WidgetState } from "../../document/outputs/widget-state.js";
import type { RunningKernel } from "../kernels/kernel-host.js";
import type { CellError, CellStatus } from "../result/notebook-result.js";

export interface CellOutcome {
  status: CellStatus;
  error?: CellError;
  /** Whether the cell asked for the run to end here, without an error. */
  endsRun?: boolean;
}

// What a dying kernel published may still be on its way when its end is noticed.
const lastOutputGrace = 200;

// tslab by itself refuses to run anything for this long after an error.
const abortWindow = 250;

/**
 * Runs code cells on a kernel and collects what they publish, also what comes after a cell is done. A cell is done when
 * its reply and the kernel's `idle` for it have both come.
 */
export class CellExecutor {
  #kernel: RunningKernel;
  #outputs = new OutputCollector();
  #widgets = new WidgetState();
  #cells = new Map<string, CodeCell>();
  #onOutput: (cell: CodeCell, message: OutputMessage) => void;

  constructor(kernel: RunningKernel, onOutput: (cell: CodeCell, message: OutputMessage) => void) {
    this.#kernel = kernel;
    this.#onOutput = onOutput;
    kernel.connection.anyMessage.connect(this.#collect);
  }

  /** Resolves with what became of the cell, be it the kernel's death; never rejects on account of the cell. */
  async execute(cell: CodeCell): Promise<CellOutcome> {
    const first = await this.#request(cell);
    if (first.status !== "not-run") {
      return first;
    }
    await delay(abortWindow);
    return await this.#request(cell);
  }

  /** Ends collecting: no later message changes a cell. The state of widgets goes into `notebook`. */
  close(notebook: Notebook): void {
    this.#widgets.saveTo(notebook);
    this.#kernel.connection.anyMessage.disconnect(this.#collect);
    for (const cell of this.#cells.values()) {
      settleStreams(cell);
    }
  }

  async #request(cell: CodeCell): Promise<CellOutcome> {
    const { connection, exited } = this.#kernel;
    const future = connection.requestExecute({ code: joinLines(cell.source), allow_stdin: false });
    this.#cells.set(future.msg.header.msg_id, cell);
    let askedForInput = false;
    future.onStdin = () => {
      askedForInput = true;
      this.#kernel.interrupt();
    };
    const died = exited.then(async () => {
      await delay(lastOutputGrace);
      return { status: "kernel-died" } as const;
    });
    const done = future.done.then(
      (reply) => (askedForInput ? inputRefused() : outcome(cell, reply.content as ReplyContent)),
      () => died, // The library gives the request up when the kernel is gone.
    );
    return await Promise.race([done, died]);
  }

  #collect = (_: Kernel.IKernelConnection, { msg, direction }: Kernel.IAnyMessageArgs): void => {
    if (direction !== "recv" || !("msg_id" in msg.parent_header)) {
      return;
    }
    const cell = this.#cells.get(msg.parent_header.msg_id);
    if (!cell) {
      return;
    }
    const { execution_count } = msg.content as { execution_count?: unknown };
    if (typeof execution_count === "number") {
      cell.execution_count = execution_count;
    }
    if (msg.channel === "iopub") {
      this.#publish(cell, msg);
    }
  };

  #publish(cell: CodeCell, { header, content, buffers }: KernelMessage.IMessage): void {
    const message = { msg_type: header.msg_type, content: content as Record<string, unknown> };
    this.#widgets.apply(message, buffers as ArrayBufferView[] | undefined);
    this.#outputs.apply(cell, message);
    this.#onOutput(cell, message);
  }
}

/** `abort` is what tslab says where the protocol says `aborted`. */
interface ReplyContent {
  status: "ok" | "error" | "aborted" | "abort";
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

function outcome(cell: CodeCell, reply: ReplyContent): CellOutcome {
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
  return { status: "failed", error: { ename, evalue, traceback } };
}

/** Kernels that name no error, as tslab by itself, have printed it. */
function printedReason(cell: CodeCell): string {
  const printed = cell.outputs.findLast(
    (output) => output.output_type === "stream" && output.name === "stderr",
  );
  return printed?.output_type === "stream" ? joinLines(printed.text).trim() : "";
}

function inputRefused(): CellOutcome {
  const evalue = "the cell asks for input, and nobody is there to give it";
  return { status: "failed", error: { ename: "StdinNotImplementedError", evalue, traceback: [] } };
}
