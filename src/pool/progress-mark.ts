import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Tells which task a worker began last, exactly and also after its sudden death: the worker writes the number of
 * each task into an unnamed file that it shares with the main process. A task that had not begun can run again.
 */
export class ProgressMark {
  readonly path: string;
  readonly #file: number;
  readonly #number = new Float64Array(1);

  /** In the main process: creates the file. */
  static create(): ProgressMark {
    return new ProgressMark(join(tmpdir(), `poolbook-${randomUUID()}`), "wx+");
  }

  /** In the worker: opens the file and takes its name away, so that nothing is left behind. */
  static open(path: string): ProgressMark {
    const mark = new ProgressMark(path, "r+");
    rmSync(path);
    return mark;
  }

  private constructor(path: string, flags: string) {
    this.path = path;
    this.#file = openSync(path, flags, 0o600);
  }

  write(task: number): void {
    this.#number[0] = task;
    writeSync(this.#file, this.#number, 0, 8, 0);
  }

  /** The number of the task begun last, 0 for none. */
  read(): number {
    this.#number[0] = 0;
    readSync(this.#file, this.#number, 0, 8, 0);
    return this.#number[0];
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }
}
