import { AsyncResource } from "node:async_hooks";
import { callSafely } from "../call-safely.js";
import { checkFunction, checkSignal } from "../checks.js";
import { CancelledError } from "../errors.cjs";
import type { Scheduler } from "../workers/scheduler.js";
import type { Task } from "../workers/task.js";
import { AsyncResult, type ResultSource, type TaskCount } from "./async-result.js";
import type { SubmitOptions } from "./call-options.js";
import { keepAlive, letEnd } from "./keep-alive.js";
import { onAbort } from "./on-abort.js";
import { type Turn, thisTurn } from "./turn.js";

const ignore = () => {};

const none: Task[] = [];

/** One call of the user: the tasks that it takes, and the one result that comes of them. */
export class Job<T> implements ResultSource {
  readonly promise: Promise<T>;
  readonly #scheduler: Scheduler;
  readonly #options: SubmitOptions<T>;
  /** Mostly the only one. */
  #firstTask: Task | undefined;
  #furtherTasks = none;
  #resolve!: (value: T) => void;
  #reject!: (error: unknown) => void;
  #isOver = false;
  #isQuiet = false;
  #outcome: ResultSource["state"] = "pending";
  #endedIn: Turn | undefined;
  #stopListening: (() => void) | undefined;

  readonly #retries: number;

  constructor(scheduler: Scheduler, options: SubmitOptions<T>, retries: number) {
    const { callback, errorCallback, onProgress, signal } = options;
    if (callback !== undefined) {
      checkFunction("callback", callback);
    }
    if (errorCallback !== undefined) {
      checkFunction("errorCallback", errorCallback);
    }
    if (onProgress !== undefined) {
      checkFunction("onProgress", onProgress);
    }
    checkSignal(signal);
    this.#scheduler = scheduler;
    this.#options = callback || errorCallback ? withBound(options) : options;
    this.#retries = retries;
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    keepAlive();
    if (signal) {
      this.#heed(signal);
    }
  }

  /** The result for the user. From now on, a rejection is not reported as unhandled. */
  asResult(): AsyncResult<T> {
    this.#isQuiet = true;
    return new AsyncResult(this.promise, this);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get state(): ResultSource["state"] {
    return this.#endedIn?.isOver ? this.#outcome : "pending";
  }

  get tasks(): TaskCount {
    const tasks = this.#tasks;
    return { ended: tasks.filter(({ isOver }) => isOver).length, total: tasks.length };
  }

  get #tasks(): Task[] {
    return this.#firstTask ? [this.#firstTask, ...this.#furtherTasks] : [];
  }

  /** Anything that `submit` throws becomes the error of the call. */
  try(submit: () => void): void {
    try {
      submit();
    } catch (error) {
      this.fail(error);
    }
  }

  submit(task: Task): void {
    if (this.#isOver) {
      task.abandon("cancelled", undefined);
    } else {
      this.#add(task);
      this.#listenTo(task);
      this.#scheduler.submit(task);
    }
  }

  succeed(value: T): void {
    if (this.#end()) {
      callSafely("callback", this.#options.callback, value);
      this.#changeState("fulfilled");
      this.#resolve(value);
    }
  }

  fail(error: unknown): void {
    if (this.#end()) {
      callSafely("errorCallback", this.#options.errorCallback, error);
      this.#changeState("rejected");
      if (this.#isQuiet) {
        this.promise.catch(ignore);
      }
      this.#reject(error);
    }
  }

  /** Ends the call with the error: its queued tasks are dropped, its running ones killed. */
  cancel(error: unknown = new CancelledError("Task was cancelled")): boolean {
    if (this.#isOver) {
      return false;
    }
    this.fail(error);
    for (const task of this.#tasks) {
      this.#scheduler.cancel(task, error);
    }
    return true;
  }

  /** Cancels those of its tasks that were not begun, which ends the call. */
  drop(): void {
    const error = new CancelledError("Task was dropped from the queue");
    for (const task of this.#tasks) {
      this.#scheduler.drop(task, error);
    }
  }

  #add(task: Task): void {
    if (!this.#firstTask) {
      this.#firstTask = task;
    } else if (this.#furtherTasks === none) {
      this.#furtherTasks = [task];
    } else {
      this.#furtherTasks.push(task);
    }
  }

  #listenTo(task: Task): void {
    const { onProgress } = this.#options;
    task.retries = this.#retries;
    if (onProgress) {
      task.onProgress = (value) => callSafely("onProgress", onProgress, value);
    }
  }

  #heed(signal: AbortSignal): void {
    if (signal.aborted) {
      this.fail(signal.reason);
    } else {
      this.#stopListening = onAbort(signal, () => this.cancel(signal.reason));
    }
  }

  /** Tells whether it was not over before. */
  #end(): boolean {
    if (this.#isOver) {
      return false;
    }
    this.#isOver = true;
    letEnd();
    this.#stopListening?.();
    return true;
  }

  /** To be called before the promise settles: whoever waits for it finds the new state. */
  #changeState(outcome: ResultSource["state"]): void {
    this.#outcome = outcome;
    this.#endedIn = thisTurn();
  }
}

/** The callbacks run in the context of the call. */
function withBound<T>({ callback, errorCallback, ...others }: SubmitOptions<T>): SubmitOptions<T> {
  return {
    ...others,
    ...(callback && { callback: AsyncResource.bind(callback) }),
    ...(errorCallback && { errorCallback: AsyncResource.bind(errorCallback) }),
  };
}
