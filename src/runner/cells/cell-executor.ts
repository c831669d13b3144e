import { setTimeout as delay } from "node:timers/promises";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { type CodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import {
  OutputCollector,
  type OutputHolder,
  OutputLimitError,
  type OutputMessage,
  settleStreams,
} from "../../document/outputs/output-collector.js";
import { OutputWidgets } from "../../document/outputs/output-widgets.js";
import { WidgetState } from "../../document/outputs/widget-state.js";
import { recordOf } from "../../document/record.js";
import type { RunningKernel } from "../kernels/kernel-host.js";
import { sendComm } from "../kernels/send-comm.js";
import { type CellOutcome, inputRefused, outcomeOf, outputRefused } from "./cell-outcome.js";
import { silenceBehindReply } from "./silence-behind-reply.js";

// The last output of a dying kernel may still be on its way when its end is noticed.
const lastOutputGrace = 200;

// tslab by itself refuses to run anything for this long after an error.
const abortWindow = 250;

/**
 * Runs code cells on a kernel and collects what they publish, also what comes after a cell is done. A cell is done when
 * its reply and the kernel's `idle` for it have both come; where that does not come, it fails.
 */
export class CellExecutor {
  #kernel: RunningKernel;
  #outputs = new OutputCollector();
  #widgets = new WidgetState();
  #outputWidgets = new OutputWidgets(this.#widgets);
  #cells = new Map<string, CodeCell>();
  #current: CodeCell | undefined;
  #refusal: CellOutcome | undefined;
  #onOutput: (cell: CodeCell, message: OutputMessage) => void;

  constructor(kernel: RunningKernel, onOutput: (cell: CodeCell, message: OutputMessage) => void) {
    this.#kernel = kernel;
    this.#onOutput = onOutput;
    kernel.connection.anyMessage.connect(this.#collect);
  }

  /** Resolves with what became of the cell, be it the kernel's death; never rejects on account of the cell. */
  async execute(cell: CodeCell): Promise<CellOutcome> {
    this.#current = cell;
    this.#refusal = undefined;
    let outcome = await this.#request(cell);
    if (outcome.status === "not-run") {
      await delay(abortWindow);
      outcome = await this.#request(cell);
    }
    this.#tellWidgets();
    this.#current = undefined;
    return this.#refusal ?? outcome;
  }

  /** Runs code that is no cell of the notebook and leaves nothing in it, not even a count. */
  async executeBehind(source: string): Promise<CellOutcome> {
    const cell: CodeCell = { cell_type: "code", metadata: {}, source, execution_count: null, outputs: [] };
    return await this.#request(cell, false);
  }

  /** Ends collecting: no later message changes a cell. The state of widgets goes into `notebook`. */
  close(notebook: Notebook): void {
    this.#kernel.connection.anyMessage.disconnect(this.#collect);
    for (const holder of [...this.#cells.values(), ...this.#outputWidgets.holders]) {
      settleStreams(holder);
    }
    this.#widgets.saveTo(notebook);
  }

  async #request(cell: CodeCell, store_history = true): Promise<CellOutcome> {
    const { connection, exited } = this.#kernel;
    const content = { code: joinLines(cell.source), allow_stdin: false, store_history };
    const future = connection.requestExecute(content, true, cell.id === undefined ? {} : { cellId: cell.id });
    this.#cells.set(future.msg.header.msg_id, cell);
    let askedForInput = false;
    future.onStdin = () => {
      askedForInput = true;
      this.#kernel.interrupt();
    };
    const over = new AbortController();
    const died = exited.then(() =>
      delay(lastOutputGrace, { status: "kernel-died" } as const, { signal: over.signal }),
    );
    const done = future.done.then(
      (reply) => (askedForInput ? inputRefused() : outcomeOf(cell, reply.content)),
      () => died, // The library gives the request up when the kernel is gone.
    );
    const silent = silenceBehindReply(future, over.signal);
    try {
      return await Promise.race([done, died, silent]);
    } finally {
      // Otherwise the program would live on for the grace of a kernel that ends behind its cells.
      over.abort();
    }
  }

  #collect = (_: Kernel.IKernelConnection, { msg, direction }: Kernel.IAnyMessageArgs): void => {
    if (direction !== "recv" || !("msg_id" in msg.parent_header)) {
      return;
    }
    const cell = this.#cells.get(msg.parent_header.msg_id);
    if (!cell) {
      return;
    }
    const { execution_count } = recordOf(msg.content);
    if (typeof execution_count === "number") {
      cell.execution_count = execution_count;
    }
    if (msg.channel === "iopub") {
      try {
        this.#publish(msg.parent_header.msg_id, cell, msg);
      } catch (error) {
        this.#refuse(cell, error);
      }
    }
  };

  /** Makes a cell fail whose output cannot be taken, and stops it where more of the kind is to come. */
  #refuse(cell: CodeCell, error: unknown): void {
    if (cell !== this.#current) {
      throw error;
    }
    if (!this.#refusal) {
      this.#refusal = outputRefused(error);
      if (!(error instanceof OutputLimitError) || error.goesOn) {
        this.#kernel.interrupt();
      }
    }
  }

  #publish(request: string, cell: CodeCell, { header, content, buffers }: KernelMessage.IMessage): void {
    const message = { msg_type: header.msg_type, content: recordOf(content) };
    this.#widgets.apply(message, buffers?.map(asView));
    this.#outputWidgets.notice(message);
    const apply = (holder: OutputHolder): void => this.#outputs.apply(holder, message);
    if (!this.#outputWidgets.take(request, message, apply)) {
      apply(cell);
    }
    this.#onOutput(cell, message);
  }

  /** The kernel's side of an Output widget learns what the widget shows, as a front end tells it. */
  #tellWidgets(): void {
    const { connection } = this.#kernel;
    for (const [commId, outputs] of this.#outputWidgets.takeChanges()) {
      sendComm(connection, commId, { method: "update", state: { outputs }, buffer_paths: [] });
    }
  }
}

function asView(buffer: ArrayBuffer | ArrayBufferView): ArrayBufferView {
  return ArrayBuffer.isView(buffer) ? buffer : new Uint8Array(buffer);
}
