import { subscribe, unsubscribe } from "node:diagnostics_channel";

/**
 * Runs `start` and returns the process or thread that it starts, as one of Node's diagnostics channels reports it:
 * workerpool does not hand it out, and without it there is no exit code and no `unref`.
 */
export function startedBy<T>(
  start: () => void,
  channel: "child_process" | "worker_threads",
  find: (message: object) => T | undefined,
): T {
  let started: T | undefined;
  const notice = (message: unknown) => {
    if (typeof message === "object" && message !== null) {
      started ??= find(message);
    }
  };
  subscribe(channel, notice);
  try {
    start();
  } finally {
    unsubscribe(channel, notice);
  }
  if (!started) {
    throw new Error("workerpool did not start a worker");
  }
  return started;
}
