import { AsyncResource } from "node:async_hooks";
import type { FunctionDefinition } from "../functions/definition.js";
import { errorsFromWorkers } from "../functions/errors-from-workers.js";
import { needsOwnPlaces, withOwnPlaces } from "../functions/stacks/notebook-stacks.js";
import type { TaskRecord } from "../task-record.js";
import { now, sinceEpoch } from "../wire/clock.cjs";
import { returnMemory } from "../wire/large/reused-memory.cjs";
import type { CallKind, OutputStream, ThrownValue } from "../wire/messages.cjs";
import { type Payload, transfersOf } from "../wire/payload.cjs";
import { markRemote, putTogether } from "../wire/thrown.cjs";
import type { Values } from "../wire/typed-array.cjs";
import type { SlotTask } from "./slot.js";
import type { TaskLog } from "./task-log.js";

type MutableRecord = { -readonly [Key in keyof TaskRecord]: TaskRecord[Key] };

/** All that the scheduler needs to know of a new task. */
export interface NewTask extends SlotTask {
  readonly definition: FunctionDefinition;
}

/** The worker that a task was given to. */
export type TaskPlace = Pick<TaskRecord, "worker" | "pid" | "host">;

/** Hears of the end of a task: exactly one of the two is called, once. */
export interface TaskEnd {
  /** With the result, or for the map family with the results of the chunk. */
  succeed(values: Values): void;
  fail(error: unknown): void;
}

const contextOptions = { requireManualDestroy: true };

/** One call, or one chunk of calls, on its way through the pool. */
export class Task implements SlotTask {
  readonly definition: FunctionDefinition;
  readonly kind: CallKind;
  captured: Payload | undefined;
  /** Kept by the queue. */
  isInQueue = false;
  /** Times that it may still be run again after the death of its worker. */
  retries = 0;
  /** Takes what it reports. */
  onProgress: ((value: unknown) => void) | undefined;
  readonly #record: MutableRecord;
  #heedsSignal = false;
  readonly #log: TaskLog;
  #values: Payload | undefined;
  #end: TaskEnd | undefined;
  readonly #context = new AsyncResource("poolbook.Task", contextOptions);

  constructor({ number, definition, kind, values, captured }: NewTask, log: TaskLog, end: TaskEnd) {
    this.definition = definition;
    this.kind = kind;
    this.captured = captured;
    this.#values = values;
    this.#log = log;
    this.#end = end;
    this.#record = {
      number,
      name: definition.name,
      worker: undefined,
      pid: undefined,
      host: undefined,
      submitted: sinceEpoch(now()),
      started: undefined,
      ended: undefined,
      outcome: "queued",
    };
    log.add(this.#record);
    log.changed(this.#record);
  }

  get number(): number {
    return this.#record.number;
  }

  /** Its arguments or items; a task that is over has let go of them. */
  get values(): Payload {
    if (this.#values === undefined) {
      throw new Error("The task is over");
    }
    return this.#values;
  }

  /** It hands something over, so a worker that was given it has it. */
  get isTransferred(): boolean {
    return this.#values !== undefined && transfersOf(this.#values).length > 0;
  }

  /** It has asked for its signal, so a cancel gives it time. */
  get heedsSignal(): boolean {
    return this.#heedsSignal;
  }

  heedSignal(): void {
    this.#heedsSignal = true;
  }

  get isOver(): boolean {
    return this.#record.ended !== undefined;
  }

  start(place: TaskPlace, started: number): void {
    if (this.isOver) {
      return;
    }
    // One by one: to copy objects would take as long as all else that a short task needs here.
    const record = this.#record;
    record.worker = place.worker;
    record.pid = place.pid;
    record.host = place.host;
    record.started = sinceEpoch(started);
    record.outcome = "running";
    this.#log.changed(record);
  }

  /** Uses one of its further tries, if it has one; what it has handed over is gone. */
  tryAgain(): boolean {
    if (this.isOver || this.retries === 0 || this.isTransferred) {
      return false;
    }
    this.retries--;
    return true;
  }

  /** Puts it back into the queue: its worker died before it began, or it is tried again. */
  requeue(): void {
    if (this.isOver) {
      return;
    }
    this.#heedsSignal = false;
    const nowhere = { worker: undefined, pid: undefined, host: undefined, started: undefined };
    this.#log.changed(Object.assign(this.#record, nowhere, { outcome: "queued" }));
  }

  /**
   * By its result, with times of `now`. The first task of a batch has started when it was given, so that starts follow
   * the order of submission: for it `started` is left out.
   */
  succeed(values: Values, ended: number, started?: number): void {
    this.#finish("succeeded", ended, started)?.succeed(values);
  }

  /** The same for what it threw. */
  fail(thrown: ThrownValue, ended: number, started?: number): void {
    const end = this.#finish("failed", ended, started);
    if (end) {
      this.#context.runInAsyncScope(() => end.fail(this.#received(thrown)));
    }
  }

  /** The thrown value, or the reason why there is none. */
  #received(thrown: ThrownValue): unknown {
    const { worker, pid = 0, host } = this.#record;
    const name = host === undefined ? `PoolWorker-${worker}` : `PoolWorker-${worker} on ${host}`;
    try {
      return markRemote(putTogether(thrown, errorsFromWorkers), name, pid);
    } catch (error) {
      return error;
    }
  }

  /** Ends the task without its worker: it was never sent, was cancelled, or the worker died. */
  abandon(outcome: "failed" | "cancelled" | "lost", error: unknown): void {
    const end = this.#finish(outcome, now());
    if (end) {
      this.#context.runInAsyncScope(end.fail, end, error);
    }
  }

  /** Shows the task's output where it was submitted: in its notebook cell. */
  print(stream: OutputStream, text: string): void {
    const shown = needsOwnPlaces(text) ? withOwnPlaces(text) : text;
    this.#context.runInAsyncScope(() => process[stream].write(shown));
  }

  report(value: unknown): void {
    if (!this.isOver) {
      this.#context.runInAsyncScope(() => this.onProgress?.(value));
    }
  }

  /**
   * Gives the one to hear of the end, undefined if it was over before. The worker remembers its latest tasks, so what
   * they carried must go with their end.
   */
  #finish(outcome: TaskRecord["outcome"], ended: number, started?: number): TaskEnd | undefined {
    const end = this.#end;
    if (end === undefined) {
      return undefined;
    }
    const record = this.#record;
    if (started !== undefined) {
      record.started = sinceEpoch(started);
    }
    record.ended = sinceEpoch(ended);
    record.outcome = outcome;
    this.#log.changed(record);
    letGo(this.#values);
    letGo(this.captured);
    this.#values = undefined;
    this.captured = undefined;
    this.#end = undefined;
    return end;
  }
}

function letGo(payload: Payload | undefined): void {
  if (payload instanceof Uint8Array) {
    returnMemory(payload);
  }
}
