import type { Task } from "./task.js";

/** First in, first out, with constant cost at both ends. */
export class TaskQueue {
  #tasks = new Set<Task>();

  get size(): number {
    return this.#tasks.size;
  }

  push(task: Task): void {
    this.#tasks.add(task);
  }

  shift(): Task | undefined {
    const { value } = this.#tasks.values().next();
    if (value) this.#tasks.delete(value);
    return value;
  }

  /** Puts tasks back in front of all others. */
  unshift(tasks: readonly Task[]): void {
    if (tasks.length > 0) this.#tasks = new Set([...tasks, ...this.#tasks]);
  }

  remove(task: Task): boolean {
    return this.#tasks.delete(task);
  }

  clear(): Task[] {
    const tasks = [...this.#tasks];
    this.#tasks.clear();
    return tasks;
  }
}
