import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

let created = 0;

const begunAt = 0;
const revokedAt = 8;

/**
 * A few bytes that a worker shares with the main process, in a file without a name. In them the worker writes the
 * ticket of each task as it begins, so that it is known, also after its sudden death, which of its tasks it has not
 * begun: those can run elsewhere. And the main process writes there which batch the worker shall not go on with.
 *
 * The worker marks a task before it asks whether the batch is revoked; the main process revokes before it reads the
 * mark. So a task behind the mark that was read after the revocation will not be begun.
 */
export class ProgressMark {
  /** Where the worker finds the file. */
  readonly path: string;
  readonly #file: number;
  readonly #ticket = new Float64Array(1);

  /** In the main process: creates the file, in a folder for temporary files. */
  static create(folder: string): ProgressMark {
    const path = join(folder, `poolbook-${process.pid}-${Date.now()}-${++created}`);
    const file = openSync(path, "wx+", 0o600);
    if (process.platform !== "linux") return new ProgressMark(path, file);
    unlinkSync(path);
    return new ProgressMark(`/proc/${process.pid}/fd/${file}`, file);
  }

  /** In the worker: opens the file and takes its name away if it still has one, so that nothing is left behind. */
  static open(path: string): ProgressMark {
    const mark = new ProgressMark(path, openSync(path, "r+"));
    mark.#unlink();
    return mark;
  }

  private constructor(path: string, file: number) {
    this.path = path;
    this.#file = file;
  }

  begin(ticket: number): void {
    this.#write(ticket, begunAt);
  }

  /** The ticket of the task begun last, 0 for none. */
  lastBegun(): number {
    return this.#read(begunAt);
  }

  /** Forbids to begin any more tasks of the batch that starts with this ticket. */
  revoke(firstTicket: number): void {
    this.#write(firstTicket, revokedAt);
  }

  isRevoked(firstTicket: number): boolean {
    return this.#read(revokedAt) === firstTicket;
  }

  close(): void {
    closeSync(this.#file);
    this.#unlink();
  }

  #unlink(): void {
    if (this.path.startsWith("/proc/")) return;
    try {
      unlinkSync(this.path);
    } catch {
      // The other side has done it.
    }
  }

  #write(ticket: number, position: number): void {
    this.#ticket[0] = ticket;
    writeSync(this.#file, this.#ticket, 0, 8, position);
  }

  #read(position: number): number {
    this.#ticket[0] = 0;
    readSync(this.#file, this.#ticket, 0, 8, position);
    return this.#ticket[0];
  }
}
