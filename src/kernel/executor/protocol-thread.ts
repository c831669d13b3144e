import { MessagePort, receiveMessageOnPort, type Worker } from "node:worker_threads";
import type { JsonObject } from "../../jupyter/json-object.js";
import { intact, jsonOf } from "../shared/intact-builtins.js";
import { OutputWriter, type StreamName } from "../shared/output-channel.js";
import { pinned } from "../shared/pinned.js";
import { flag, guard } from "../shared/thread-flags.js";
import {
  type CommRequest,
  type FromMain,
  type InputAnswer,
  type Ordered,
  type Publication,
  publicationSize,
} from "../shared/thread-messages.js";

const { stringify } = JSON;
const { add, compareExchange, load, store, wait } = Atomics;

/** Characters of publications that may wait to be sent before the cell has to wait. */
const mostPending = 4 << 20;
const exitTime = 1000;

/** The cell that output belongs to. */
export interface OutputOrigin {
  id: number;
  /** Its output is not shown. */
  silent: boolean;
  /** Nor is what it puts out after its end. */
  isInterrupted?: boolean;
}

/** The main thread's end of the messages to the worker. */
export class ProtocolThread {
  readonly #worker: Worker;
  readonly #output: OutputWriter;
  readonly #flags: Int32Array;
  readonly #inputPort: MessagePort;
  #lastFence = 0;
  #receiveInput: ((line: string | null) => void) | undefined;

  constructor(worker: Worker, output: SharedArrayBuffer, flags: Int32Array, inputPort: MessagePort) {
    this.#worker = pinned(worker);
    pinPorts(worker);
    this.#output = new OutputWriter(output, () => worker.postMessage({ type: "output" } satisfies FromMain));
    this.#flags = flags;
    this.#inputPort = inputPort;
  }

  write(cell: OutputOrigin, stream: StreamName, data: Uint8Array): void {
    if (!cell.silent && !cell.isInterrupted) {
      this.#output.write(cell.id, stream, data);
    }
  }

  /** Throws a TypeError when JSON cannot hold the content. */
  publish(cell: OutputOrigin, messageType: string, content: JsonObject): void {
    const text = jsonOf(content);
    if (!cell.silent && !cell.isInterrupted) {
      this.#publish({ type: "publish", cell: cell.id, messageType, content: text });
    }
  }

  /** Sends a message of a comm, whatever becomes of the output of its cell. Throws a TypeError as `publish` does. */
  publishComm(request: number, { messageType, content, metadata, buffers }: CommRequest): void {
    this.#publish({
      type: "publish",
      cell: request,
      messageType,
      content: stringify(content),
      metadata: stringify(metadata),
      buffers,
    });
  }

  #publish(publication: Publication): void {
    for (let pending = this.#pending; pending >= mostPending; pending = this.#pending) {
      wait(this.#flags, flag.pending, pending, 1000);
    }
    this.#post(publication);
    add(this.#flags, flag.pending, publicationSize(publication));
  }

  reply(id: number, content: JsonObject): void {
    this.#post({ type: "reply", id, content: jsonOf(content) });
  }

  /** Asks the front end and blocks until it has answered. */
  input(cell: OutputOrigin, prompt: string, password: boolean): string | null {
    while (receiveMessageOnPort(this.#inputPort)) {
      // An answer to a question that was interrupted.
    }
    const answered = load(this.#flags, flag.answered);
    this.#post({ type: "input", cell: cell.id, prompt, password, isWaiting: true });
    for (;;) {
      const received: { message: InputAnswer } | undefined = receiveMessageOnPort(this.#inputPort);
      if (received) {
        return received.message.value;
      }
      wait(this.#flags, flag.answered, answered, 1000);
    }
  }

  /** Asks the front end for a line; `receive` gets the answer unless another question comes first. */
  inputLater(cell: OutputOrigin, receive: (line: string | null) => void): void {
    this.#receiveInput = receive;
    this.#post({ type: "input", cell: cell.id, prompt: "", password: false, isWaiting: false });
  }

  takeInput(line: string | null): void {
    const receive = this.#receiveInput;
    this.#receiveInput = undefined;
    receive?.(line);
  }

  /** Lets the worker read what the cell's child processes write. */
  readPipe(cell: OutputOrigin, stream: StreamName, descriptor: number): void {
    this.#post({ type: "pipe", cell: cell.id, stream, descriptor });
  }

  /** Shows nothing more of what the cell's child processes write. */
  closePipes(cell: OutputOrigin): void {
    this.#post({ type: "closePipes", cell: cell.id });
  }

  /** Keeps output that comes later behind what child processes have written by now. */
  fence(): number {
    const id = ++this.#lastFence;
    this.#post({ type: "fence", id });
    return id;
  }

  /** Waits until the output so far has been taken, so that what child processes write from now on comes behind it. */
  waitForFence(): void {
    const id = this.fence();
    for (let passed = this.#fence; passed < id; passed = this.#fence) {
      wait(this.#flags, flag.fence, passed, 100);
    }
  }

  /** Sends what is left and ends the children, while the process exits. */
  drain(): void {
    const drained = load(this.#flags, flag.drained);
    this.#post({ type: "drain" });
    wait(this.#flags, flag.drained, drained, exitTime);
  }

  /** Runs `body`, which is the kernel's own work, so that an interrupt waits and the notebook's changes do not count. */
  guarded<T>(body: () => T): T {
    // When the worker is about to terminate this thread, it does so here.
    while (compareExchange(this.#flags, flag.guard, guard.free, guard.compiling) !== guard.free) {
      wait(this.#flags, flag.guard, guard.terminating, 20);
    }
    try {
      return intact(body);
    } finally {
      store(this.#flags, flag.guard, guard.free);
    }
  }

  /** Says that a task begins, and that nothing is compiled, whatever an interrupt stopped before. */
  begin(task: number): void {
    this.release();
    store(this.#flags, flag.begun, task);
  }

  /** Says that nothing is compiled now. */
  release(): void {
    compareExchange(this.#flags, flag.guard, guard.compiling, guard.free);
  }

  acknowledgeInterrupt(id: number): void {
    store(this.#flags, flag.interrupted, id);
  }

  get #fence(): number {
    return load(this.#flags, flag.fence);
  }

  get #pending(): number {
    return load(this.#flags, flag.pending);
  }

  /** Posts a message that has its place behind the output written so far. */
  #post(message: Ordered): void {
    // Counted first: output that comes later must find the count raised.
    const count = add(this.#flags, flag.posted, 1) + 1;
    this.#worker.postMessage({ ...message, count, after: this.#output.position } satisfies FromMain);
  }
}

/** The port behind a worker, which Node keeps under a symbol. */
function pinPorts(worker: Worker): void {
  for (const key of Object.getOwnPropertySymbols(worker)) {
    const value: unknown = Reflect.get(worker, key);
    if (value instanceof MessagePort) {
      pinned(value);
    }
  }
}
