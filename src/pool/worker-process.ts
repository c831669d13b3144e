import type { ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import workerpool from "workerpool";
import { childProcessStartedBy } from "./child-process.js";
import type {
  EventMessage,
  FunctionUpdate,
  OutputStream,
  ResultMessage,
  Start,
  TaskMessage,
  ThrownValue,
  WorkerEvent,
} from "./messages.cjs";
import { nodeCommand } from "./parent-death.cjs";
import { ProgressMark } from "./progress-mark.cjs";

const script = fileURLToPath(new URL("worker.cjs", import.meta.url));

/** Milliseconds a worker gets for its exit handlers when it is closed, before it is killed. */
const exitGrace = 200;

/** Milliseconds a dead worker's last messages get to arrive before it is reported as lost. */
const lastWordsGrace = 500;

export interface WorkerListener {
  onEvent(event: WorkerEvent): void;
  /** Text that was written past the worker's own streams: by native code, or by a process it started. */
  onOutput(stream: OutputStream, text: string): void;
  /** The process has ended; its last messages may still be on their way. */
  onExit(): void;
  onGone(end: WorkerEnd): void;
}

export interface WorkerEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Ticket of the task that it began last, 0 for none. */
  readonly lastBegun: number;
}

export type Initialization = Pick<Start, "initializer" | "initargs">;

/** One worker process, run by a workerpool of its own. */
export class WorkerProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the worker has started, with what the initializer threw; rejects if the worker died. */
  readonly started: Promise<ThrownValue | undefined>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #mark: ProgressMark;
  readonly #pool: ReturnType<typeof workerpool.pool>;

  constructor(name: string, initialization: Initialization, listener: WorkerListener) {
    this.name = name;
    const { execPath, execArgv, needsWatchdog } = nodeCommand();
    this.#pool = workerpool.pool(script, {
      maxWorkers: 1,
      workerType: "process",
      workerTerminateTimeout: exitGrace,
      forkArgs: [String(process.pid), ...(needsWatchdog ? ["watchdog"] : [])],
      forkOpts: { execPath, execArgv, serialization: "advanced", silent: true, killSignal: "SIGKILL" },
    });
    const mark = ProgressMark.create(tmpdir());
    const start: Start = { name, mark: mark.path, ...initialization };
    let started: Promise<unknown> = Promise.resolve();
    this.#child = childProcessStartedBy(() => {
      started = this.#exec("start", [start]);
      started.catch(() => {});
    });
    this.started = started as Promise<ThrownValue | undefined>;
    this.#mark = mark;
    this.pid = this.#child.pid ?? -1;
    this.gone = this.#watch(listener);
    this.#unref();
  }

  /**
   * Runs one batch and calls `onDone` with its last result; the others come as events. The tasks have tickets that
   * count from `firstTicket`.
   */
  run(
    functions: FunctionUpdate,
    firstTicket: number,
    tasks: readonly TaskMessage[],
    onDone: (result: ResultMessage | undefined) => void,
  ): void {
    this.#pool.exec("run", [functions, firstTicket, tasks]).then(onDone, () => {});
  }

  /** Takes back what the worker has not begun of a batch; returns the ticket of the task it began last. */
  revoke(firstTicket: number): number {
    this.#mark.revoke(firstTicket);
    return this.#mark.lastBegun();
  }

  /** Lets an idle worker end by itself. */
  close(): void {
    Promise.resolve(this.#pool.terminate()).catch(() => {});
  }

  /** A process that could not be started has the PID 0 for Node, which would kill the whole process group. */
  kill(): void {
    if (this.#child.pid !== undefined) this.#child.kill("SIGKILL");
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
    for (const handle of [channel, stdout, stderr] as ({ unref?(): void } | null)[]) handle?.unref?.();
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
    listener.onExit();
    if (child.pid !== undefined)
      await Promise.race([lastWords, sleep(lastWordsGrace, undefined, { ref: false })]);
    const lastBegun = this.#mark.lastBegun();
    this.#mark.close();
    listener.onGone({ exitCode: child.exitCode, signal: child.signalCode, lastBegun });
  }
}

function seen(child: ChildProcess, event: string): Promise<void> {
  return new Promise((resolve) => child.once(event, () => resolve()));
}
