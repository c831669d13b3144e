import type { ChildProcess } from "node:child_process";
import workerpool from "workerpool";
import { definitionOf, type FunctionDefinition } from "../functions/definition.js";
import type { FilledPoolOptions } from "../options.js";
import { keptResults } from "../wire/held-results.cjs";
import type {
  Batch,
  EventMessage,
  ResultMessage,
  SentFunction,
  Start,
  ThrownValue,
  WorkerEvent,
} from "../wire/messages.cjs";
import { type Payload, toPayload } from "../wire/payload.cjs";
import { receivePayload, sendBytes, sendPayload } from "../wire/sent-payload.cjs";
import { SharedFile } from "../wire/shared-file.cjs";
import { childProcessStartedBy, ended, lastWordsOf, unref } from "./child-process.js";
import type { MakeSlot, Slot, SlotBatch, SlotListener, SlotStart, Standing, TaskResult } from "./slot.js";
import { workerCommand } from "./worker-command.js";

interface Initialization {
  readonly initializer: FunctionDefinition | undefined;
  readonly initargs: Payload;
}

/** Makes slots whose workers run the initializer first. Throws a FunctionTransferError if it cannot travel. */
export function localSlots(options: Pick<FilledPoolOptions, "initializer" | "initargs">): MakeSlot {
  const initialization = {
    initializer: options.initializer && definitionOf(options.initializer),
    initargs: toPayload(options.initargs),
  };
  return (name, listener) => new LocalSlot(name, initialization, listener);
}

/** A slot on this machine: a process, run by a workerpool of its own. */
class LocalSlot implements Slot {
  readonly name: string;
  readonly pid: number;
  readonly started: Promise<SlotStart>;
  readonly gone: Promise<void>;
  readonly #listener: SlotListener;
  readonly #child: ChildProcess;
  readonly #file = SharedFile.create();
  readonly #pool = workerpool.pool(...workerCommand());
  #isGone = false;
  #firstTicket = 1;

  constructor(name: string, initialization: Initialization, listener: SlotListener) {
    this.name = name;
    this.#listener = listener;
    let started: Promise<ThrownValue | undefined> = Promise.resolve(undefined);
    try {
      const start = this.#startMessage(initialization);
      this.#child = childProcessStartedBy(() => {
        started = this.#exec<ThrownValue | undefined>("start", [start]);
        started.catch(() => {});
      });
    } catch (error) {
      this.#file.close();
      throw error;
    }
    this.started = started.then((thrown) => ({ thrown }));
    this.started.catch(() => {});
    this.pid = this.#child.pid ?? -1;
    this.gone = this.#watch();
    unref(this.#child);
  }

  run({ functions: { learn, forget }, firstTicket, tasks }: SlotBatch): void {
    this.#firstTicket = firstTicket;
    this.#file.clear();
    const batch: Batch = {
      ...(learn.length > 0 && { learn: learn.map((definition) => this.#sendFunction(definition)) }),
      ...(forget.length > 0 && { forget }),
      firstTicket,
      tasks: tasks.map(({ number, definition, kind, values }) => [
        number,
        definition.id,
        kind,
        sendPayload(values, this.#file),
      ]),
      fileEnd: this.#file.end,
    };
    this.#pool
      .exec("run", [batch])
      .then((results: readonly ResultMessage[]) => this.#listener.onDone(this.#receive(results)))
      .catch(() => this.kill());
  }

  revoke(): void {
    if (this.#isGone) {
      return;
    }
    this.#file.revoke(this.#firstTicket);
    this.#listener.onStanding(this.#standing());
  }

  close(): void {
    Promise.resolve(this.#pool.terminate()).catch(() => {});
  }

  /** A process that could not be started has the PID 0 for Node, which would kill the whole process group. */
  kill(): void {
    if (this.#child.pid !== undefined) {
      this.#child.kill("SIGKILL");
    }
  }

  #exec<T>(method: string, params: unknown[]): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#pool.exec(method, params).then(resolve, reject);
    });
  }

  #startMessage({ initializer, initargs }: Initialization): Start {
    return {
      name: this.name,
      file: this.#file.path,
      initializer: initializer && {
        definition: this.#sendFunction(initializer),
        args: sendPayload(initargs, this.#file),
      },
    };
  }

  #sendFunction({ id, folder, parts }: FunctionDefinition): SentFunction {
    return { id, folder, parts: sendBytes(parts, this.#file) };
  }

  #receive(results: readonly ResultMessage[]): TaskResult[] {
    return results.map((result) => {
      const [number, succeeded, value, started, ended] = result;
      return succeeded
        ? { number, started, ended, values: receivePayload(value, this.#file) }
        : { number, started, ended, thrown: value };
    });
  }

  /** Results that an earlier batch has left in the file count no more. */
  #standing(): Standing {
    const firstTicket = this.#firstTicket;
    const { begun: lastBegun, kept } = this.#file.progress;
    const hasResults = lastBegun >= firstTicket && kept[1] > 0;
    return {
      firstTicket,
      lastBegun,
      results: hasResults ? this.#receive(keptResults(this.#file, kept)) : [],
    };
  }

  #hear(event: WorkerEvent): void {
    if (event[0] === "results") {
      this.#listener.onResults(this.#receive(event[1]));
    } else if (event[0] === "output") {
      this.#listener.onTaskOutput(event[1], event[2], event[3]);
    } else {
      this.#listener.onFatal(event[1]);
    }
  }

  async #watch(): Promise<void> {
    const child = this.#child;
    child.stdin?.end();
    const hear = (message: Partial<EventMessage>) => {
      if (message?.poolbook) {
        this.#hear(message.poolbook);
      }
    };
    child.on("message", hear);
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => this.#listener.onOutput(stream, text));
    }
    const lastWords = lastWordsOf(child);
    await ended(child);
    this.#listener.onExit();
    await lastWords();
    child.off("message", hear);
    const standing = this.#standing();
    this.#isGone = true;
    this.#file.close();
    this.#listener.onGone({ exitCode: child.exitCode, signal: child.signalCode, ...standing });
  }
}
