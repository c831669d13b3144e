import { AsyncLocalStorage } from "node:async_hooks";
import { type CurrentTask, noTask } from "../current-task.cjs";
import type { WorkerEvent } from "../wire/messages.cjs";
import { encodeText } from "../wire/sent-payload.cjs";

/** The number of the task in whose async context something runs. */
export const taskContext = new AsyncLocalStorage<number>();

let running = 0;
/** Of the running task, if it has asked for its signal. */
let controller: AbortController | undefined;

export function beginTask(task: number): void {
  running = task;
  controller = undefined;
}

export function endTask(): void {
  running = 0;
  controller = undefined;
}

/** Called by the main process while a task runs. */
export function abort(task: number): void {
  if (task === running) {
    controller?.abort();
  }
}

/** The task in whose context it is called, while it runs. */
export function runningTask(send: (event: WorkerEvent) => void): CurrentTask {
  const task = taskContext.getStore();
  if (task === undefined || task !== running) {
    return noTask();
  }
  return {
    number: task,
    get signal() {
      return task === running ? signalOf(task, send) : noTask().signal;
    },
    report(value) {
      const encoded = encodeText(value);
      if (task === running) {
        send(["report", task, encoded]);
      }
    },
  };
}

function signalOf(task: number, send: (event: WorkerEvent) => void): AbortSignal {
  if (!controller) {
    controller = new AbortController();
    send(["signal", task]);
  }
  return controller.signal;
}
