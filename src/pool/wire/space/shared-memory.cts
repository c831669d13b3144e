import type { Place, Progress, SharedSpace } from "./shared-space.cjs";

/** Taken from the system only as far as it is used. */
const size = 16 * 2 ** 20;

const begunAt = 0;
const keptAt = 1;
const revokedAt = 2;
const bytesAt = 32;

/** In a place kept as one number, the bits of its length. */
const lengthBits = 32n;

/** Memory that a worker thread shares with the main thread. */
export class SharedMemory implements SharedSpace {
  readonly isMemory = true;
  readonly left: Place = [0, 0];
  readonly key: SharedArrayBuffer;
  readonly #numbers: BigInt64Array;
  readonly #bytes: Uint8Array;
  #end = bytesAt;

  constructor(buffer = new SharedArrayBuffer(size)) {
    this.key = buffer;
    this.#numbers = new BigInt64Array(buffer, 0, bytesAt / BigInt64Array.BYTES_PER_ELEMENT);
    this.#bytes = new Uint8Array(buffer);
  }

  /** The results first: a thread that ends in between has not begun the task. */
  begin(ticket: number, [at, length]: Place = [0, 0]): void {
    Atomics.store(this.#numbers, keptAt, (BigInt(at) << lengthBits) | BigInt(length));
    Atomics.store(this.#numbers, begunAt, BigInt(ticket));
  }

  get progress(): Progress {
    const begun = Number(Atomics.load(this.#numbers, begunAt));
    const kept = Atomics.load(this.#numbers, keptAt);
    return { begun, kept: [Number(kept >> lengthBits), Number(BigInt.asUintN(Number(lengthBits), kept))] };
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
