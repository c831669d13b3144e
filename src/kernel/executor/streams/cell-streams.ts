import { type Readable, Writable, type WritableOptions } from "node:stream";
import type { StreamName } from "../../shared/output-channel.js";
import { pinned } from "../../shared/pinned.js";
import { type Cell, currentCell, newestCell, runAs } from "../cell/current-cell.js";
import type { ProtocolThread } from "../protocol-thread.js";

// Cells may put other functions in the place of these.
const { from: bytesOf } = Buffer;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const { queueMicrotask } = globalThis;

interface Surroundings {
  protocol: ProtocolThread;
  /** Gets the output of code that is of no cell. */
  original: Writable;
  changeTestReport: (report: string) => string;
}

type Callback = (error?: Error | null) => void;

/**
 * `process.stdout` and `process.stderr` of the cells, with the contract of Node's own. `write` goes around the state of
 * Writable, because an interrupt may stop it at any place and must not leave a stream that waits for ever.
 */
class CellStream extends Writable {
  readonly fd: number;
  readonly #name: StreamName;
  readonly #protocol: ProtocolThread;
  readonly #original: Writable;
  readonly #changeTestReport: (report: string) => string;
  /** The cell whose own code has ended the stream, and finds it so. */
  #endedBy: Cell | undefined;
  #called: { done: Callback; cell: Cell | undefined; count: number } | undefined;

  constructor(
    name: StreamName,
    { protocol, original, changeTestReport }: Surroundings,
    options: WritableOptions = {},
  ) {
    super({ decodeStrings: true, ...options });
    this.fd = name === "stdout" ? 1 : 2;
    this.#name = name;
    this.#protocol = protocol;
    this.#original = original;
    this.#changeTestReport = changeTestReport;
    this.on("pipe", (source: Readable) => this.#takeReport(source));
  }

  /** node:test reports on the tests of all cells through one stream, which the first that has a test has made. */
  #takeReport(source: Readable): void {
    if (new Error().stack?.includes("node:internal/test_runner")) {
      source.unpipe(this);
      source.on("data", (chunk) => {
        const cell = newestCell();
        if (cell) {
          runAs(cell, () => this.write(this.#changeTestReport(String(chunk))));
        }
      });
    }
  }

  override write(
    chunk: unknown,
    encodingOrCallback?: BufferEncoding | Callback,
    callback?: Callback,
  ): boolean {
    const encoding = typeof encodingOrCallback === "string" ? encodingOrCallback : undefined;
    const done = typeof encodingOrCallback === "function" ? encodingOrCallback : callback;
    if (this.writableCorked > 0 || !isData(chunk) || (encoding && !Buffer.isEncoding(encoding))) {
      // Rare; and Node knows the error to throw.
      return encoding ? super.write(chunk, encoding, done) : super.write(chunk, done);
    }
    this.#send(typeof chunk !== "string" ? chunk : encoding ? bytesOf(chunk, encoding) : encode(chunk));
    if (done) {
      this.#callLater(done);
    }
    return true;
  }

  /** No tick, which a loop of awaits that prints would pile up; and one for many calls, which a loop would pile up. */
  #callLater(done: Callback): void {
    const cell = currentCell();
    if (this.#called?.done === done && this.#called.cell === cell) {
      this.#called.count++;
      return;
    }
    const called = { done, cell, count: 1 };
    this.#called = called;
    queueMicrotask(() => {
      this.#called = this.#called === called ? undefined : this.#called;
      for (; called.count > 0; called.count--) {
        done(null);
      }
    });
  }

  /** A pipeline ends a stream, too, and another pipeline of the same cell may follow. */
  override end(...args: unknown[]): this {
    if (!new Error().stack?.includes("node:internal/streams/pipeline")) {
      this.#endedBy = currentCell();
    }
    return Reflect.apply(super.end, this, args);
  }

  isOver(): boolean {
    return (this.writableEnded || this.destroyed) && this.#endedBy !== currentCell();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
    this.#send(chunk);
    callback();
  }

  #send(data: Uint8Array): void {
    const cell = currentCell();
    if (cell) {
      this.#protocol.write(cell, this.#name, data);
    } else {
      this.#original.write(data);
    }
  }
}

function isData(chunk: unknown): chunk is string | Uint8Array {
  return typeof chunk === "string" || chunk instanceof Uint8Array;
}

/**
 * Makes `process.stdout` and `process.stderr` the streams of the cells. One that has been ended, as a pipeline does,
 * gives way to a new one.
 */
export function installCellStreams(
  protocol: ProtocolThread,
  changeTestReport: (report: string) => string,
): void {
  for (const name of ["stdout", "stderr"] as const) {
    const surroundings = { protocol, original: process[name], changeTestReport };
    let stream = pinned(new CellStream(name, surroundings));
    const get = () => {
      if (stream.isOver()) {
        stream = pinned(new CellStream(name, surroundings));
      }
      return stream;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get });
  }
}
