import { closeSync, fstatSync, ftruncateSync, openSync, readSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { FileNotes, notesLength, writeAll } from "./file-notes.cjs";
import type { Place, SharedSpace } from "./shared-space.cjs";

let created = 0;

/** Behind the notes. */
const bytesAt = notesLength;

/** Size up to which the file keeps its space, and the memory for reading it, for the next batch. */
const mostKept = 16 * 2 ** 20;

/**
 * So many bytes go to the beginning of a page. Memory begins a little behind that of one of its own: a processor copies half
 * as fast to where it would be a little farther behind.
 */
const manyBytes = 2 ** 16;
const pageLength = 4096;

/** A file without a name that a worker process shares with the main process. */
export class SharedFile extends FileNotes implements SharedSpace {
  readonly isMemory = false;
  readonly #file: number;
  #path: string;
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
      const { tmpdir }: typeof import("node:os") = require("node:os");
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
      file.clearNotes();
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
    super(file);
    this.#path = path;
    this.#file = file;
  }

  /** The path where the worker finds the file. */
  get key(): string {
    return this.#path;
  }

  leave(bytes: Uint8Array): void {
    const place = this.write(bytes);
    if (place) {
      this.noteLeft(place);
    }
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
    const at = bytes.length < manyBytes ? this.#end : Math.ceil(this.#end / pageLength) * pageLength;
    if (!writeAll(this.#file, bytes, at)) {
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
