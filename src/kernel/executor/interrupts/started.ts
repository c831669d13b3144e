import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Server as HttpServer } from "node:http";
import type { Server } from "node:net";
import type { Worker } from "node:worker_threads";
import { processTree, signalAll } from "../../shared/process-tree.js";
import { causingCell } from "../cell/current-cell.js";

/** A pool replaces its own workers when it hears of the interrupt. */
const poolWorker = /[\\/]pool[\\/]worker[\\/]/;

/** Notes what each cell starts and what would go on after an interrupt: threads, child processes and servers. */
export function noteWhatCellsStart(): void {
  note<{ worker: Worker }>("worker_threads", ({ worker }) => worker.terminate());
  note<{ process: ChildProcess }>("child_process", ({ process: child }) => {
    if (!child.spawnargs?.some((argument) => poolWorker.test(argument))) {
      endTree(child);
    }
  });
  note<{ server: Server }>("tracing:net.server.listen:asyncStart", ({ server }) => {
    server.close();
    if (speaksHttp(server)) {
      server.closeAllConnections();
    }
  });
}

/** One of HTTP or HTTPS, told by what it can do: to load Node's class takes a tenth of the kernel's start. */
function speaksHttp(server: Server): server is HttpServer {
  return "closeAllConnections" in server;
}

/** Ends a child process with those that it has started, as npm and shells do. */
function endTree({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    signalAll(processTree(pid), "SIGTERM");
  }
}

function note<Message>(channel: string, end: (message: Message) => unknown): void {
  subscribe(channel, (message) => {
    const cell = causingCell();
    if (cell?.fail) {
      cell.started.add(() => end(message as Message));
    }
  });
}
