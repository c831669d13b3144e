import { AsyncResource } from "node:async_hooks";
import type { FunctionDefinition, OutputStream, Payload, ThrownValue } from "./messages.js";
import { now } from "./now.js";
import { putTogether } from "./thrown.js";
import { fromPayload } from "./values.js";

/** How far a task has come, or how it ended. */
export type TaskOutcome = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "lost";

/** What is known of one task: who ran it, and when. Times are milliseconds since the epoch. */
export interface TaskRecord {
  /** Counts from 1 in the order of submission. */
  readonly number: number;
  /** Name of the function. */
  readonly name: string;
  /** Number of the worker, from 1; undefined while the task is queued. */
  readonly worker: number | undefined;
  /** Process ID of that worker. */
  readonly pid: number | undefined;
  readonly submitted: number;
  readonly started: number | undefined;
  readonly ended: number | undefined;
  readonly outcome: TaskOutcome;
}

type MutableRecord = { -readonly [Key in keyof TaskRecord]: TaskRecord[Key] };

export interface TaskEnd {
  succeed(value: unknown): void;
  fail(error: unknown): void;
}

/** One call on its way through the pool. */
export class Task {
  readonly definition: FunctionDefinition;
  readonly args: Payload;
  readonly #record: MutableRecord;
  readonly #end: TaskEnd;
  readonly #onChange: (record: TaskRecord) => void;
  readonly #context = new AsyncResource("poolbook.Task", { requireManualDestroy: true });

  constructor(
    number: number,
    definition: FunctionDefinition,
    args: Payload,
    end: TaskEnd,
    onChange: (record: TaskRecord) => void,
  ) {
    this.definition = definition;
    this.args = args;
    this.#end = end;
    this.#onChange = onChange;
    this.#record = {
      number,
      name: definition.name,
      worker: undefined,
      pid: undefined,
      submitted: now(),
      started: undefined,
      ended: undefined,
      outcome: "queued",
    };
    this.#changed();
  }

  get record(): TaskRecord {
    return this.#record;
  }

  get isOver(): boolean {
    return this.#record.ended !== undefined;
  }

  start(worker: number, pid: number): void {
    Object.assign(this.#record, { worker, pid, started: now(), outcome: "running" });
    this.#changed();
  }

  /** Back into the queue: its worker died before it began. */
  requeue(): void {
    Object.assign(this.#record, { worker: undefined, pid: undefined, started: undefined, outcome: "queued" });
    this.#changed();
  }

  succeed(value: Payload, started: number, ended: number): void {
    this.#finish("succeeded", { started, ended }, () => this.#end.succeed(fromPayload(value)[0]));
  }

  fail(thrown: ThrownValue, started: number, ended: number): void {
    this.#finish("failed", { started, ended }, () => this.#end.fail(putTogether(thrown)));
  }

  /** Ends the task without its worker: it was never sent, was cancelled, or the worker died. */
  abandon(outcome: "failed" | "cancelled" | "lost", error: unknown): void {
    this.#finish(outcome, { ended: now() }, () => this.#end.fail(error));
  }

  /** Shows the task's output where it was submitted: in its notebook cell. */
  print(stream: OutputStream, text: string): void {
    this.#context.runInAsyncScope(() => process[stream].write(text));
  }

  #finish(outcome: TaskOutcome, times: Partial<MutableRecord>, settle: () => void): void {
    if (this.isOver) return;
    Object.assign(this.#record, times, { outcome });
    this.#context.runInAsyncScope(settle);
    this.#changed();
  }

  #changed(): void {
    this.#onChange(this.#record);
  }
}
