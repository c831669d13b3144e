import { Worker } from "node:worker_threads";
import { SharedMemory } from "../../wire/space/shared-memory.cjs";
import type { Host, HostKind, HostListener } from "./host.js";
import { memoryError } from "./memory-limit.js";
import { startedBy } from "./started-by.js";

/** Workers that are threads of this process. */
export const threads: HostKind = {
  createSpace: () => new SharedMemory(),
  launch: (start, listener, maxMemory) => {
    const find = (message: object) =>
      "worker" in message && message.worker instanceof Worker ? message.worker : undefined;
    return hostOf(startedBy(start, "worker_threads", find), listener, maxMemory);
  },
};

function hostOf(worker: Worker, listener: HostListener, maxMemory: number | undefined): Host {
  worker.unref();
  worker.on("message", listener.onMessage);
  worker.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      listener.onFatal(maxMemory === undefined ? error : memoryError(maxMemory, { cause: error }));
    }
  });
  const exit = new Promise<number>((resolve) => worker.once("exit", resolve));
  return {
    pid: process.pid,
    call: ({ transfer = [], ...message }) => worker.postMessage(message, transfer),
    ended: exit.then(() => {}),
    lastWords: async () => ({ exitCode: await exit, signal: null }),
    kill: () => void worker.terminate(),
  };
}
