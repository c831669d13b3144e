import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { SharedFile } from "../../wire/space/shared-file.cjs";
import { descendantsOf } from "./descendants.js";
import type { Host, HostKind, HostListener } from "./host.js";
import { memoryError, watchMemory } from "./memory-limit.js";
import { startedBy } from "./started-by.js";

const require = createRequire(import.meta.url);

/** A dead process's last messages get half a second to arrive, and as many looks if this process itself is held up. */
const lastWordsLooks = 20;
const lookInterval = 25;

/** Workers that are child processes. */
export const childProcesses: HostKind = {
  createSpace: () => SharedFile.create(),
  launch: (start, listener, maxMemory) => {
    const child: typeof import("node:child_process") = require("node:child_process");
    const find = (message: object) =>
      "process" in message && message.process instanceof child.ChildProcess ? message.process : undefined;
    const { execArgv } = process;
    process.execArgv = execArgv.filter(isNotMisread);
    try {
      return hostOf(startedBy(start, "child_process", find), listener, maxMemory);
    } finally {
      process.execArgv = execArgv;
    }
  },
};

/**
 * workerpool opens a debugger in each worker when it finds `--inspect` anywhere in the options, which from Node 24 on
 * stands in every test file's: `node --test` hands down settings such as `--inspect-port` with their values.
 */
function isNotMisread(option: string): boolean {
  return !option.includes("--inspect") || /^--inspect(-brk|-wait)?(=|$)/.test(option);
}

function hostOf(child: ChildProcess, listener: HostListener, maxMemory: number | undefined): Host {
  unref(child);
  child.stdin?.end();
  child.on("message", listener.onMessage);
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => listener.onOutput(stream, text));
  }
  if (child.pid === undefined) {
    child.once("error", listener.onFatal);
  }
  if (maxMemory !== undefined) {
    limitMemory(child, listener, maxMemory);
  }
  const closed = Promise.all([seen(child, "disconnect"), seen(child, "close")]);
  return {
    pid: child.pid ?? -1,
    call: ({ id, method, params }) => {
      if (child.connected) {
        child.send({ id, method, params });
      }
    },
    ended: Promise.race([seen(child, "exit"), seen(child, "error")]),
    // Not for long: a process that the child has started may hold its channels open.
    lastWords: async () => {
      if (child.pid !== undefined) {
        await lastWords(closed);
      }
      child.off("message", listener.onMessage);
      return { exitCode: child.exitCode, signal: child.signalCode };
    },
    kill: () => killTree(child),
  };
}

async function lastWords(closed: Promise<unknown>): Promise<void> {
  const isClosed = closed.then(() => true);
  for (let look = 0; look < lastWordsLooks; look++) {
    if (await Promise.race([isClosed, sleep(lookInterval, false, { ref: false })])) {
      return;
    }
  }
}

/** Kills the child and what it has started. */
function killTree(child: ChildProcess): void {
  // A process that could not be started has the PID 0 for Node, which would kill the whole process group.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const descendants = descendantsOf(child.pid);
  child.kill("SIGKILL");
  for (const pid of descendants) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  }
}

/** Kills the child when it holds too much; when its heap is full, V8 does so first, and says it on stderr. */
function limitMemory(child: ChildProcess, listener: HostListener, maxMemory: number): void {
  const tellReason = () => listener.onFatal(memoryError(maxMemory));
  const stop = watchMemory(child.pid ?? 0, maxMemory, () => {
    tellReason();
    killTree(child);
  });
  child.stderr?.on("data", (text: string) => {
    if (text.includes("heap out of memory")) {
      tellReason();
    }
  });
  child.once("exit", stop);
}

/** Lets the main process end while the child lives. */
function unref(child: ChildProcess): void {
  child.unref();
  for (const handle of [child.channel, child.stdout, child.stderr]) {
    if (handle && "unref" in handle && typeof handle.unref === "function") {
      handle.unref();
    }
  }
}

function seen(child: ChildProcess, event: string): Promise<void> {
  return new Promise((resolve) => child.once(event, () => resolve()));
}
