import type { KeptText, Place, Progress, SharedSpace } from "./shared-space.cjs";

/** Taken from the system only as far as it is used. */
const size = 16 * 2 ** 20;

const begunAt = 0;
const keptLengthAt = 1;
const revokedAt = 2;
const keptAt = 24;
const bytesAt = 2 ** 15;

/** Memory that a worker thread shares with the main thread. */
export class SharedMemory implements SharedSpace {
  readonly isMemory = true;
  readonly untilHeeded = 0;
  readonly left: Place = [0, 0];
  readonly key: SharedArrayBuffer;
  readonly #numbers: BigInt64Array;
  readonly #bytes: Uint8Array;
  #keptLength = 0;
  #end = bytesAt;

  constructor(buffer = new SharedArrayBuffer(size)) {
    this.key = buffer;
    this.#numbers = new BigInt64Array(buffer, 0, keptAt / BigInt64Array.BYTES_PER_ELEMENT);
    this.#bytes = new Uint8Array(buffer);
  }

  begin(ticket: number): void {
    this.#note(ticket, 0);
  }

  beginNext(ticket: number, result: string): boolean {
    const line = Buffer.from(`${result},`);
    const at = keptAt + this.#keptLength;
    if (at + line.length > bytesAt) {
      return false;
    }
    this.#bytes.set(line, at);
    this.#note(ticket, this.#keptLength + line.length);
    return true;
  }

  get keptLength(): number {
    return this.#keptLength;
  }

  readKept(length: number): KeptText {
    return Buffer.from(this.read([keptAt, length])).toString();
  }

  /** The results first: a thread that ends in between has not begun the task. */
  #note(ticket: number, keptLength: number): void {
    this.#keptLength = keptLength;
    Atomics.store(this.#numbers, keptLengthAt, BigInt(keptLength));
    Atomics.store(this.#numbers, begunAt, BigInt(ticket));
  }

  get progress(): Progress {
    const begun = Number(Atomics.load(this.#numbers, begunAt));
    const keptLength = Number(Atomics.load(this.#numbers, keptLengthAt));
    return { begun, kept: this.readKept(keptLength) };
  }

  revoke(firstTicket: number): void {
    Atomics.store(this.#numbers, revokedAt, BigInt(firstTicket));
  }

  isRevoked(firstTicket: number): boolean {
    return Number(Atomics.load(this.#numbers, revokedAt)) === firstTicket;
  }

  /** All that a thread has posted arrives, so it leaves nothing. */
  leave(): void {}

  clear(): void {
    this.#end = bytesAt;
  }

  get end(): number {
    return this.#end;
  }

  continueAt(end: number): void {
    this.#end = end;
  }

  write(bytes: Uint8Array): Place | undefined {
    const at = this.#end;
    if (at + bytes.length > size) {
      return undefined;
    }
    this.#bytes.set(bytes, at);
    this.#end = at + bytes.length;
    return [at, bytes.length];
  }

  /** A copy: text cannot be read from shared memory. */
  read([at, length]: Place): Uint8Array {
    return this.#bytes.slice(at, at + length);
  }

  readInto(memory: Uint8Array, at: number): void {
    memory.set(this.#bytes.subarray(at, at + memory.length));
  }

  close(): void {}
}
