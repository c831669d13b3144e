// Text travels from the main thread to the worker through a ring of bytes in shared memory: the worker sees it while
// the main thread is busy, and a full ring makes the writer wait, so that memory stays bounded. A record is a length,
// a cell, a stream and the bytes; it counts only when `written` has moved past it, so that a writer may be stopped at
// any place. Positions count bytes since the start, modulo 2^32.

export type StreamName = "stdout" | "stderr";

// Cells may put other functions in the place of these.
const { exchange, load, notify, store, wait } = Atomics;
const OwnBytes = Uint8Array;
const OwnNumbers = Int32Array;
const { set, subarray } = Uint8Array.prototype;
const { apply } = Reflect;
const { min } = Math;

const controlBytes = 16;
const headerBytes = 12;
const written = 0;
const read = 1;
const wanted = 2;
const capacity = 1 << 20;
/** Bytes of the largest record, and of a chunk to which no other record is added. */
const largestRecord = 1 << 16;

export function createOutputMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(controlBytes + capacity);
}

class Ring {
  protected readonly control: Int32Array;
  protected readonly bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.control = new OwnNumbers(memory, 0, controlBytes / 4);
    this.bytes = new OwnBytes(memory, controlBytes);
  }

  /** Everything written so far lies before this position. */
  get position(): number {
    return load(this.control, written);
  }
}

export class OutputWriter extends Ring {
  readonly #wake: () => void;
  readonly #header = new OwnNumbers(3);
  readonly #headerBytes = new OwnBytes(this.#header.buffer);

  /** `wake` is called when the reader has to be told that there is something to read. */
  constructor(memory: SharedArrayBuffer, wake: () => void) {
    super(memory);
    this.#wake = wake;
  }

  write(cell: number, stream: StreamName, data: Uint8Array): void {
    for (let start = 0; start < data.length; start += largestRecord) {
      this.#writeRecord(cell, stream, partOf(data, start, start + largestRecord));
    }
  }

  #writeRecord(cell: number, stream: StreamName, data: Uint8Array): void {
    const position = load(this.control, written);
    this.#waitForRoom(position, headerBytes + data.length);
    this.#header[0] = data.length;
    this.#header[1] = cell;
    this.#header[2] = stream === "stdout" ? 1 : 2;
    this.#copy(position, this.#headerBytes);
    this.#copy(position + headerBytes, data);
    store(this.control, written, position + headerBytes + data.length);
    if (exchange(this.control, wanted, 1) === 0) {
      this.#wake();
    }
  }

  #waitForRoom(position: number, size: number): void {
    for (;;) {
      const reader = load(this.control, read);
      if (((position - reader) >>> 0) + size <= capacity) {
        return;
      }
      this.#wake();
      wait(this.control, read, reader, 1000);
    }
  }

  #copy(position: number, data: Uint8Array): void {
    const start = (position >>> 0) % capacity;
    const head = min(data.length, capacity - start);
    apply(set, this.bytes, [partOf(data, 0, head), start]);
    if (head < data.length) {
      apply(set, this.bytes, [partOf(data, head, data.length), 0]);
    }
  }
}

function partOf(data: Uint8Array, start: number, end: number): Uint8Array {
  return apply(subarray, data, [start, end]);
}

export interface OutputChunk {
  cell: number;
  stream: StreamName;
  data: Buffer;
}

export class OutputReader extends Ring {
  /** Share of the ring that is filled, 0 to 1. */
  get fill(): number {
    return ((this.position - load(this.control, read)) >>> 0) / capacity;
  }

  /** Wants to be woken by what is written from now on. */
  rearm(): void {
    store(this.control, wanted, 0);
  }

  /** Drops what lies before `position`; false when that is nothing. */
  skip(position: number): boolean {
    if (((position - load(this.control, read)) | 0) <= 0) {
      return false;
    }
    store(this.control, read, position);
    notify(this.control, read);
    return true;
  }

  /** Takes out what lies before `position`, neighbours of the same cell and stream together. */
  take(position: number): OutputChunk[] {
    const chunks: OutputChunk[] = [];
    let parts: Buffer[] = [];
    let size = 0;
    let last: OutputChunk | undefined;
    let at = load(this.control, read);
    while (((position - at) | 0) > 0) {
      const header = this.#copy(at, headerBytes);
      const length = header.readInt32LE(0);
      const cell = header.readInt32LE(4);
      const stream = header.readInt32LE(8) === 1 ? "stdout" : "stderr";
      size += length;
      if (last?.cell !== cell || last.stream !== stream || size > largestRecord) {
        size = length;
        if (last) {
          last.data = Buffer.concat(parts);
        }
        parts = [];
        last = { cell, stream, data: Buffer.alloc(0) };
        chunks.push(last);
      }
      parts.push(this.#copy(at + headerBytes, length));
      at = (at + headerBytes + length) | 0;
    }
    if (last) {
      last.data = Buffer.concat(parts);
    }
    store(this.control, read, at);
    notify(this.control, read);
    return chunks;
  }

  #copy(position: number, length: number): Buffer {
    const start = (position >>> 0) % capacity;
    const head = min(length, capacity - start);
    const copy = Buffer.allocUnsafe(length);
    copy.set(this.bytes.subarray(start, start + head));
    copy.set(this.bytes.subarray(0, length - head), head);
    return copy;
  }
}
