import { channel } from "node:diagnostics_channel";
import { callSafely } from "../call-safely.js";
import type { TaskRecord } from "../task-record.js";

/** Tells whoever listens in this process of every task of any pool that has ended: its record. */
const endedTasks = channel("poolbook.task");

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
    if (record.ended !== undefined && endedTasks.hasSubscribers) {
      endedTasks.publish(record);
    }
    if (this.#onTask) {
      callSafely("onTask", this.#onTask, { ...record });
    }
  }
}
