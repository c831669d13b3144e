import { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";

const channel = "child_process";

/** Milliseconds a dead process's last messages get to arrive. */
const lastWordsGrace = 500;

/**
 * Runs `start` and returns the child process that it starts, as Node's diagnostics channel reports it:
 * workerpool does not hand it out, and without it there is no PID, no exit code and no `unref`.
 */
export function childProcessStartedBy(start: () => void): ChildProcess {
  let child: ChildProcess | undefined;
  const notice = (message: unknown) => {
    const isStart = typeof message === "object" && message !== null && "process" in message;
    if (isStart && message.process instanceof ChildProcess) {
      child ??= message.process;
    }
  };
  const { execArgv } = process;
  process.execArgv = execArgv.filter(isNotMisread);
  subscribe(channel, notice);
  try {
    start();
  } finally {
    unsubscribe(channel, notice);
    process.execArgv = execArgv;
  }
  if (!child) {
    throw new Error("workerpool did not start a process");
  }
  return child;
}

/**
 * workerpool opens a debugger in each worker when it finds `--inspect` anywhere in the options, which from Node 24 on
 * stands in every test file's: `node --test` hands down settings such as `--inspect-port` with their values.
 */
function isNotMisread(option: string): boolean {
  return !option.includes("--inspect") || /^--inspect(-brk|-wait)?(=|$)/.test(option);
}

/** Lets the main process end while the child lives. */
export function unref(child: ChildProcess): void {
  child.unref();
  for (const handle of [child.channel, child.stdout, child.stderr]) {
    if (handle && "unref" in handle && typeof handle.unref === "function") {
      handle.unref();
    }
  }
}

/** Resolves when the child has ended, or could not be started. */
export async function ended(child: ChildProcess): Promise<void> {
  await Promise.race([seen(child, "exit"), seen(child, "error")]);
}

/**
 * Listens at once for the closing of the child's channels; the function that it returns waits for it, but not for long:
 * a process that the child has started may hold them open.
 */
export function lastWordsOf(child: ChildProcess): () => Promise<void> {
  const closed = Promise.all([seen(child, "disconnect"), seen(child, "close")]);
  return async () => {
    if (child.pid !== undefined) {
      await Promise.race([closed, sleep(lastWordsGrace, undefined, { ref: false })]);
    }
  };
}

function seen(child: ChildProcess, event: string): Promise<void> {
  return new Promise((resolve) => child.once(event, () => resolve()));
}
