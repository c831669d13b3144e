import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import workerpool from "workerpool";
import { childProcessStartedBy } from "./child-process.js";
import type {
  EventMessage,
  FunctionDefinition,
  OutputStream,
  ResultMessage,
  TaskMessage,
  WorkerEvent,
} from "./messages.js";
import { nodeCommand } from "./parent-death.js";

const script = fileURLToPath(new URL("worker.js", import.meta.url));

/** Milliseconds a worker gets for its exit handlers when it is closed, before it is killed. */
const exitGrace = 200;

/** Milliseconds a dead worker's last messages get to arrive before it is reported as lost. */
const lastWordsGrace = 500;

export interface WorkerListener {
  onEvent(event: WorkerEvent): void;
  /** Text that was written past the worker's own streams: by native code, or by a process it started. */
  onOutput(stream: OutputStream, text: string): void;
  onExit(exitCode: number | null, signal: NodeJS.Signals | null): void;
}

/** One worker process, run by a workerpool of its own. */
export class WorkerProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles when the worker has started, or rejects if it could not. */
  readonly started: Promise<void>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pool: ReturnType<typeof workerpool.pool>;

  constructor(name: string, listener: WorkerListener) {
    this.name = name;
    const { execPath, execArgv, needsWatchdog } = nodeCommand();
    this.#pool = workerpool.pool(script, {
      maxWorkers: 1,
      workerType: "process",
      workerTerminateTimeout: exitGrace,
      forkArgs: [String(process.pid), ...(needsWatchdog ? ["watchdog"] : [])],
      forkOpts: { execPath, execArgv, serialization: "advanced", silent: true, killSignal: "SIGKILL" },
    });
    let started: Promise<void> = Promise.resolve();
    this.#child = childProcessStartedBy(() => {
      started = this.#exec("start", [{ name }]) as Promise<void>;
    });
    this.started = started;
    this.started.catch(() => {});
    this.pid = this.#child.pid ?? -1;
    this.gone = this.#watch(listener);
    this.#unref();
  }

  /** Runs one batch; resolves with the results that were not sent as events. Rejects if the worker dies. */
  run(
    definitions: readonly FunctionDefinition[],
    tasks: readonly TaskMessage[],
  ): Promise<readonly ResultMessage[]> {
    return this.#exec("run", [definitions, tasks]) as Promise<readonly ResultMessage[]>;
  }

  /** Lets an idle worker end by itself. */
  close(): void {
    Promise.resolve(this.#pool.terminate()).catch(() => {});
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #exec(method: string, params: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pool.exec(method, params).then(resolve, reject);
    });
  }

  /** Lets the main process end while this worker lives. */
  #unref(): void {
    const { channel, stdout, stderr } = this.#child;
    this.#child.unref();
    for (const handle of [channel, stdout, stderr])
      (handle as { unref?(): void } | null | undefined)?.unref?.();
  }

  async #watch(listener: WorkerListener): Promise<void> {
    const child = this.#child;
    child.stdin?.end();
    child.on("message", (message: Partial<EventMessage>) => {
      if (message?.poolbook) listener.onEvent(message.poolbook);
    });
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => listener.onOutput(stream, text));
    }
    const lastWords = Promise.all([seen(child, "disconnect"), seen(child, "close")]);
    await Promise.race([seen(child, "exit"), seen(child, "error")]);
    if (child.pid !== undefined)
      await Promise.race([lastWords, sleep(lastWordsGrace, undefined, { ref: false })]);
    listener.onExit(child.exitCode, child.signalCode);
  }
}

function seen(child: ChildProcess, event: string): Promise<void> {
  return new Promise((resolve) => child.once(event, () => resolve()));
}
