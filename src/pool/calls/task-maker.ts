import type { SlotTask } from "../workers/slot.js";
import { Task, type TaskEnd } from "../workers/task.js";
import type { TaskLog } from "../workers/task-log.js";

/** Makes the tasks of a pool, numbered in the order of submission. */
export class TaskMaker {
  readonly #log: TaskLog;
  #lastNumber = 0;

  constructor(log: TaskLog) {
    this.#log = log;
  }

  make({ definition, kind, values }: Omit<SlotTask, "number">, end: TaskEnd): Task {
    return new Task({ number: ++this.#lastNumber, definition, kind, values }, this.#log, end);
  }
}
