import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import workerpool from "workerpool";
import type { FunctionDefinition } from "../functions/definition.js";
import { keptResults } from "../wire/held-results.cjs";
import type {
  Batch,
  EventMessage,
  OutputStream,
  ResultMessage,
  SentFunction,
  SentPayload,
  Start,
  ThrownValue,
  WorkerEvent,
} from "../wire/messages.cjs";
import { nodeCommand } from "../wire/parent-death.cjs";
import { receivePayload, sendBytes, sendPayload } from "../wire/sent-payload.cjs";
import { SharedFile } from "../wire/shared-file.cjs";
import type { Values } from "../wire/typed-array.cjs";
import type { Payload } from "../wire/values.cjs";
import { childProcessStartedBy } from "./child-process.js";
import type { FunctionUpdate } from "./sent-functions.js";
import type { Task } from "./task.js";

const script = fileURLToPath(new URL("../worker/worker.cjs", import.meta.url));

/** Milliseconds a worker gets for its exit handlers when it is closed, before it is killed. */
const exitGrace = 200;

/** Milliseconds a dead worker's last messages get to arrive before it is reported as lost. */
const lastWordsGrace = 500;

/** How a task ended in its worker, and when, by the clock of `now`. */
export type TaskResult = {
  readonly number: number;
  readonly started: number;
  readonly ended: number;
} & ({ readonly values: Values } | { readonly thrown: ThrownValue });

export interface WorkerListener {
  onResults(results: readonly TaskResult[]): void;
  /** An exception that nobody caught: the worker is about to die of it. */
  onFatal(thrown: ThrownValue): void;
  /** Text that a task wrote, 0 for none. */
  onTaskOutput(task: number, stream: OutputStream, text: string): void;
  /** Text that was written past the worker's own streams: by native code, or by a process it started. */
  onOutput(stream: OutputStream, text: string): void;
  /** The process has ended; its last messages may still be on their way. */
  onExit(): void;
  onGone(end: WorkerEnd): void;
}

/** How far a worker has come with its batch. */
export interface WorkerProgress {
  /** Ticket of the task that it began last, 0 for none. */
  readonly lastBegun: number;
  /** Results of earlier tasks, among them all that it has not sent. */
  readonly results: readonly TaskResult[];
}

export interface WorkerEnd extends WorkerProgress {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What each worker runs before its first task. */
export interface Initialization {
  readonly initializer: FunctionDefinition | undefined;
  readonly initargs: Payload;
}

/** One worker process, run by a workerpool of its own. */
export class WorkerProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the worker has started, with what the initializer threw; rejects if the worker died. */
  readonly started: Promise<ThrownValue | undefined>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #file: SharedFile;
  readonly #pool: ReturnType<typeof workerpool.pool>;
  #firstTicket = 1;

  constructor(name: string, { initializer, initargs }: Initialization, listener: WorkerListener) {
    this.name = name;
    const { execPath, execArgv, needsWatchdog } = nodeCommand();
    this.#pool = workerpool.pool(script, {
      maxWorkers: 1,
      workerType: "process",
      workerTerminateTimeout: exitGrace,
      forkArgs: [String(process.pid), ...(needsWatchdog ? ["watchdog"] : [])],
      forkOpts: { execPath, execArgv, serialization: "json", silent: true, killSignal: "SIGKILL" },
    });
    const file = SharedFile.create();
    this.#file = file;
    const start: Start = {
      name,
      file: file.path,
      initializer: initializer && {
        definition: this.#sendFunction(initializer),
        args: sendPayload(initargs, file),
      },
    };
    let started: Promise<unknown> = Promise.resolve();
    try {
      this.#child = childProcessStartedBy(() => {
        started = this.#exec("start", [start]);
        started.catch(() => {});
      });
    } catch (error) {
      file.close();
      throw error;
    }
    this.started = started as Promise<ThrownValue | undefined>;
    this.pid = this.#child.pid ?? -1;
    this.gone = this.#watch(listener);
    this.#unref();
  }

  /**
   * Runs one batch; `onDone` gets its last results, the listener the others. The tasks have tickets that count from
   * `firstTicket`. Throws a RangeError if it is too large to be sent.
   */
  run(
    { learn, forget }: FunctionUpdate,
    firstTicket: number,
    tasks: readonly Task[],
    onDone: (results: readonly TaskResult[]) => void,
  ): void {
    this.#firstTicket = firstTicket;
    this.#file.clear();
    const batch: Batch = {
      ...(learn.length > 0 && { learn: learn.map((definition) => this.#sendFunction(definition)) }),
      ...(forget.length > 0 && { forget }),
      firstTicket,
      tasks: tasks.map(({ record, definition, kind, values }) => [
        record.number,
        definition.id,
        kind,
        sendPayload(values, this.#file),
      ]),
      fileEnd: this.#file.end,
    };
    this.#pool
      .exec("run", [batch])
      .then((results: readonly ResultMessage[]) => onDone(this.#receive(results)))
      .catch(() => this.kill());
  }

  /** Takes back what the worker has not begun of its batch. */
  revoke(): WorkerProgress {
    this.#file.revoke(this.#firstTicket);
    return this.#progress();
  }

  /** Lets an idle worker end by itself. */
  close(): void {
    Promise.resolve(this.#pool.terminate()).catch(() => {});
  }

  /** A process that could not be started has the PID 0 for Node, which would kill the whole process group. */
  kill(): void {
    if (this.#child.pid !== undefined) {
      this.#child.kill("SIGKILL");
    }
  }

  #exec(method: string, params: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pool.exec(method, params).then(resolve, reject);
    });
  }

  #sendFunction({ id, folder, parts }: FunctionDefinition): SentFunction {
    return { id, folder, parts: sendBytes(parts, this.#file) };
  }

  #receive(results: readonly ResultMessage[]): TaskResult[] {
    return results.map(([number, succeeded, value, started, ended]) =>
      succeeded
        ? { number, started, ended, values: receivePayload(value as SentPayload, this.#file) }
        : { number, started, ended, thrown: value as ThrownValue },
    );
  }

  #hear(event: WorkerEvent, listener: WorkerListener): void {
    if (event[0] === "results") {
      listener.onResults(this.#receive(event[1]));
    } else if (event[0] === "output") {
      listener.onTaskOutput(event[1], event[2], event[3]);
    } else {
      listener.onFatal(event[1]);
    }
  }

  /** What an earlier batch has left in the file counts no more. */
  #progress(): WorkerProgress {
    const { begun: lastBegun, kept } = this.#file.progress;
    const hasResults = lastBegun >= this.#firstTicket && kept[1] > 0;
    return { lastBegun, results: hasResults ? this.#receive(keptResults(this.#file, kept)) : [] };
  }

  /** Lets the main process end while this worker lives. */
  #unref(): void {
    const { channel, stdout, stderr } = this.#child;
    this.#child.unref();
    for (const handle of [channel, stdout, stderr] as ({ unref?(): void } | null)[]) {
      handle?.unref?.();
    }
  }

  async #watch(listener: WorkerListener): Promise<void> {
    const child = this.#child;
    child.stdin?.end();
    const hear = (message: Partial<EventMessage>) => {
      if (message?.poolbook) {
        this.#hear(message.poolbook, listener);
      }
    };
    child.on("message", hear);
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => listener.onOutput(stream, text));
    }
    const lastWords = Promise.all([seen(child, "disconnect"), seen(child, "close")]);
    await Promise.race([seen(child, "exit"), seen(child, "error")]);
    listener.onExit();
    if (child.pid !== undefined) {
      await Promise.race([lastWords, sleep(lastWordsGrace, undefined, { ref: false })]);
    }
    child.off("message", hear);
    const progress = this.#progress();
    this.#file.close();
    listener.onGone({ exitCode: child.exitCode, signal: child.signalCode, ...progress });
  }
}

function seen(child: ChildProcess, event: string): Promise<void> {
  return new Promise((resolve) => child.once(event, () => resolve()));
}
