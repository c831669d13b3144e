import type { Task } from "./task.js";

/** Empty places at the front from which on the queue is moved up. */
const slack = 1000;

/** First in, first out. A removed task stays in place until its turn comes and is then passed over. */
export class TaskQueue {
  #tasks: (Task | undefined)[] = [];
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(task: Task): void {
    task.isInQueue = true;
    this.#tasks.push(task);
    this.#size++;
  }

  peek(): Task | undefined {
    while (this.#tasks[this.#head]?.isOver) {
      this.#pass();
    }
    return this.#tasks[this.#head];
  }

  shift(): Task | undefined {
    const task = this.peek();
    if (task) {
      task.isInQueue = false;
      this.#pass();
      this.#size--;
    }
    return task;
  }

  /** Puts tasks back in front of all others. */
  unshift(tasks: readonly Task[]): void {
    const waiting = tasks.filter((task) => !task.isOver);
    const head = this.#head - waiting.length;
    if (head >= 0) {
      this.#tasks.splice(head, waiting.length, ...waiting);
      this.#head = head;
    } else {
      this.#tasks = [...waiting, ...this.#tasks.slice(this.#head)];
      this.#head = 0;
    }
    this.#size += waiting.length;
    for (const task of waiting) {
      task.isInQueue = true;
    }
  }

  /** To be called before the task is abandoned. */
  remove(task: Task): boolean {
    if (!task.isInQueue) {
      return false;
    }
    task.isInQueue = false;
    this.#size--;
    return true;
  }

  clear(): Task[] {
    const tasks = this.#tasks
      .slice(this.#head)
      .filter((task) => task !== undefined)
      .filter((task) => !task.isOver);
    for (const task of tasks) {
      task.isInQueue = false;
    }
    this.#tasks = [];
    this.#head = 0;
    this.#size = 0;
    return tasks;
  }

  #pass(): void {
    this.#tasks[this.#head++] = undefined;
    if (this.#head === this.#tasks.length) {
      this.#tasks = [];
      this.#head = 0;
    } else if (this.#head > slack && this.#head * 2 > this.#tasks.length) {
      this.#tasks = this.#tasks.slice(this.#head);
      this.#head = 0;
    }
  }
}
