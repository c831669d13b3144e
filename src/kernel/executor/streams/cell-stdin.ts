import { Readable } from "node:stream";
import timers from "node:timers";
import { type Cell, currentCell } from "../cell/current-cell.js";
import type { ProtocolThread } from "../protocol-thread.js";
import { inputRefused } from "./descriptors.js";

const { setImmediate } = timers;

/** `process.stdin` of a cell: who reads from it asks the front end for a line, or fails where that may not be. */
class CellStdin extends Readable {
  readonly fd = 0;
  readonly #protocol: ProtocolThread;
  readonly #cell: Cell;
  #isWanted = false;
  #hasAnswered = false;

  constructor(protocol: ProtocolThread, cell: Cell) {
    super({ highWaterMark: 1 });
    this.#protocol = protocol;
    this.#cell = cell;
    this.on("newListener", () => this.#askLater());
  }

  override _read(): void {
    this.#isWanted = true;
    this.#askLater();
  }

  override resume(): this {
    super.resume();
    this.#askLater();
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** Whoever got what he asked for pauses or closes in the same turn, and is not to be asked again. */
  #askLater(): void {
    if (this.#isWanted) {
      setImmediate(() => setImmediate(() => this.#ask()));
    }
  }

  #ask(): void {
    if (!this.#isWanted || this.destroyed || !(this.readableFlowing || this.listenerCount("readable") > 0)) {
      return;
    }
    if (!this.#cell.fail && this.#hasAnswered) {
      // The cell is over, and nobody has told the stream.
      return;
    }
    this.#isWanted = false;
    if (this.#cell.allowsStdin && this.#cell.fail) {
      this.#protocol.inputLater(this.#cell, (line) => this.#take(line));
    } else {
      this.#take(null);
    }
  }

  #take(line: string | null): void {
    if (line === null) {
      this.destroy(inputRefused());
    } else {
      this.#hasAnswered = true;
      this.push(`${line}\n`);
    }
  }
}

/** Makes `process.stdin` that of the cell that runs. */
export function installCellStdin(protocol: ProtocolThread): void {
  const original = Object.getOwnPropertyDescriptor(process, "stdin");
  const streams = new WeakMap<Cell, CellStdin>();
  const get = () => {
    const cell = currentCell();
    if (!cell) {
      return original?.get?.call(process);
    }
    const known = streams.get(cell);
    if (known && !known.destroyed) {
      return known;
    }
    const stream = new CellStdin(protocol, cell);
    streams.set(cell, stream);
    return stream;
  };
  Object.defineProperty(process, "stdin", { configurable: true, enumerable: true, get });
}
