import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Place, Progress, SharedSpace } from "./shared-space.cjs";

let created = 0;

const progressAt = 0;
const revokedAt = 24;
const leftAt = 32;
const bytesAt = 48;

/** Size up to which the file keeps its space, and the memory for reading it, for the next batch. */
const mostKept = 16 * 2 ** 20;

/** A file without a name that a worker process shares with the main process. */
export class SharedFile implements SharedSpace {
  readonly isMemory = false;
  readonly #file: number;
  #path: string;
  readonly #numbers = new Float64Array(3);
  readonly #revoked = new Float64Array(1);
  #readInto = new Uint8Array(0);
  #end = bytesAt;
  #size = 0;

  /**
   * In the main process: creates the file, in memory where the system has a folder for that. Throws an Error that names
   * the folder for temporary files if nothing can be created there either.
   */
  static create(): SharedFile {
    const name = `poolbook-${process.pid}-${Date.now()}-${++created}`;
    if (process.platform === "linux") {
      try {
        return SharedFile.#createIn("/dev/shm", name).#hide();
      } catch {
        // It is not there, or full.
      }
    }
    try {
      return SharedFile.#createIn(tmpdir(), name).#hide();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const variable = process.platform === "win32" ? "TEMP" : "TMPDIR";
      throw new Error(
        `Cannot create the file that a worker shares with the pool (${reason}); set ${variable} to a folder that can be written`,
        { cause },
      );
    }
  }

  static #createIn(folder: string, name: string): SharedFile {
    const path = join(folder, name);
    const file = new SharedFile(path, openSync(path, "wx+", 0o600));
    try {
      file.begin(0);
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** In the worker: opens the file and takes its name away if it still has one, so that nothing is left behind. */
  static open(path: string): SharedFile {
    const file = new SharedFile(path, openSync(path, "r+"));
    file.#unlink();
    return file;
  }

  private constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
  }

  /** The path where the worker finds the file. */
  get key(): string {
    return this.#path;
  }

  begin(ticket: number, [at, length]: Place = [0, 0]): void {
    this.#writeNumbers([ticket, at, length], progressAt);
  }

  /** Read until it is the same twice, because the worker may be writing it. */
  get progress(): Progress {
    let last: Float64Array;
    let now = this.#readNumbers(new Float64Array(3), progressAt);
    do {
      last = now;
      now = this.#readNumbers(new Float64Array(3), progressAt);
    } while (now.some((number, index) => number !== last[index]));
    const [begun = 0, at = 0, length = 0] = now;
    return { begun, kept: [at, length] };
  }

  revoke(firstTicket: number): void {
    this.#writeNumbers([firstTicket], revokedAt);
  }

  isRevoked(firstTicket: number): boolean {
    return this.#readNumbers(this.#revoked, revokedAt)[0] === firstTicket;
  }

  leave(bytes: Uint8Array): void {
    const place = this.write(bytes);
    if (place) {
      this.#writeNumbers(place, leftAt);
    }
  }

  get left(): Place {
    const [at = 0, length = 0] = this.#readNumbers(new Float64Array(2), leftAt);
    return [at, length];
  }

  clear(): void {
    this.#end = bytesAt;
    if (this.#size <= mostKept) {
      return;
    }
    ftruncateSync(this.#file, bytesAt);
    this.#size = 0;
  }

  get end(): number {
    return this.#end;
  }

  continueAt(end: number): void {
    this.#end = end;
  }

  write(bytes: Uint8Array): Place | undefined {
    const at = this.#end;
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, at + done);
      }
    } catch {
      return undefined;
    }
    this.#end = at + bytes.length;
    this.#size = Math.max(this.#size, this.#end);
    return [at, bytes.length];
  }

  /** Valid until the next read, which takes the same memory. */
  read([at, length]: Place): Uint8Array {
    const bytes = this.#memory(length);
    this.readInto(bytes, at);
    return bytes;
  }

  readInto(memory: Uint8Array, at: number): void {
    const { length } = memory;
    for (let done = 0; done < length; ) {
      const count = readSync(this.#file, memory, done, length - done, at + done);
      if (count === 0) {
        throw new Error("The file shared with the worker has lost bytes");
      }
      done += count;
    }
    this.#size = Math.max(this.#size, at + length);
  }

  close(): void {
    closeSync(this.#file);
    this.#unlink();
  }

  /** A process finds the file by the descriptor of another, where there is a /proc that shows this one's. */
  #hide(): this {
    const path = `/proc/${process.pid}/fd/${this.#file}`;
    if (process.platform === "linux" && isSameFile(path, this.#file)) {
      unlinkSync(this.#path);
      this.#path = path;
    }
    return this;
  }

  /** Memory that is used again: fresh one costs as much as the reading. */
  #memory(length: number): Uint8Array {
    if (length > mostKept) {
      return new Uint8Array(length);
    }
    if (this.#readInto.length < length) {
      this.#readInto = Buffer.allocUnsafeSlow(length);
    }
    return this.#readInto.subarray(0, length);
  }

  #unlink(): void {
    if (this.#path.startsWith("/proc/")) {
      return;
    }
    try {
      unlinkSync(this.#path);
    } catch {
      // The other side has done it.
    }
  }

  #writeNumbers(numbers: readonly number[], position: number): void {
    this.#numbers.set(numbers);
    writeSync(this.#file, this.#numbers, 0, 8 * numbers.length, position);
  }

  #readNumbers(numbers: Float64Array, position: number): Float64Array {
    readSync(this.#file, numbers, 0, numbers.byteLength, position);
    return numbers;
  }
}

/** Not so where /proc is missing, or is that of other processes with the same numbers. */
function isSameFile(path: string, descriptor: number): boolean {
  try {
    const [found, own] = [statSync(path), fstatSync(descriptor)];
    return found.dev === own.dev && found.ino === own.ino;
  } catch {
    return false;
  }
}
