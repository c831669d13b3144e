import { callSafely } from "../call-safely.js";
import type { TaskRecord } from "../task-record.js";

/** Records that are kept; the oldest are forgotten first. */
const capacity = 10_000;

/** The records of the latest tasks. */
export class TaskLog {
  #records: TaskRecord[] = [];
  readonly #onTask: ((record: TaskRecord) => void) | undefined;

  constructor(onTask: ((record: TaskRecord) => void) | undefined) {
    this.#onTask = onTask;
  }

  get records(): TaskRecord[] {
    return this.#records.slice(-capacity).map((record) => ({ ...record }));
  }

  add(record: TaskRecord): void {
    this.#records.push(record);
    if (this.#records.length >= 2 * capacity) {
      this.#records = this.#records.slice(-capacity);
    }
  }

  changed(record: TaskRecord): void {
    if (this.#onTask) {
      callSafely("onTask", this.#onTask, { ...record });
    }
  }
}
