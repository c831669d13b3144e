import type { FunctionDefinition } from "../functions/definition.js";
import type { CallKind, OutputStream, ThrownValue } from "../wire/messages.cjs";
import type { Payload } from "../wire/payload.cjs";
import type { Values } from "../wire/typed-array.cjs";
import type { FunctionUpdate } from "./sent-functions.js";

/*
 * The seam between the scheduler and the place where a worker runs: a process or a thread of this machine, or a leased
 * process of another one. A slot runs one batch at a time and ends with its worker.
 */

export interface Slot {
  /** Name of the worker, as `currentProcess()` gives it there. */
  readonly name: string;
  /** Process ID of the worker; 0 as long as it has none. */
  readonly pid: number;
  /** The machine of a leased worker; undefined for this one. */
  readonly host: string | undefined;
  /** Resolves when the worker has started, with what its initializer threw. Rejects if the worker was lost first, with
   * a BrokenPoolError if there will never be one. */
  readonly started: Promise<SlotStart>;
  /** Resolves after the listener's `onGone`. */
  readonly gone: Promise<void>;
  /** Runs a batch, until the listener's `onDone`. Throws a RangeError if it is too large to be sent. */
  run(batch: SlotBatch): void;
  /**
   * Asks that no more tasks of the batch be begun; the listener's `onStanding` answers later, unless the batch is over. If
   * it is urgent, a slot that is near answers at once.
   */
  revoke(isUrgent: boolean): void;
  /** Aborts the signal of a task that runs. */
  abort(task: number): void;
  /** Gives up a worker that was asked for and is not there yet; does nothing otherwise. */
  withdraw(): void;
  /** Lets an idle worker end by itself. */
  close(): void;
  /** Ends the worker at once, whatever it does. */
  kill(): void;
}

/** Makes a slot and starts its worker; throws if it cannot be started. */
export type MakeSlot = (name: string, listener: SlotListener) => Slot;

/** A place where slots can be had. */
export interface SlotSource {
  readonly make: MakeSlot;
  /** Gives back what the slots needed; to be called when all of them are gone. */
  release?(): Promise<void>;
}

export interface SlotStart {
  readonly thrown: ThrownValue | undefined;
}

/** Tasks to be run one after another. */
export interface SlotBatch {
  readonly functions: FunctionUpdate;
  /** The tasks have tickets that count from this one, ever higher in the life of a slot. */
  readonly firstTicket: number;
  readonly tasks: readonly SlotTask[];
}

export interface SlotTask {
  readonly number: number;
  readonly definition: Pick<FunctionDefinition, "id">;
  readonly kind: CallKind;
  readonly values: Payload;
  /** Values that the definition leaves to the call. */
  readonly captured?: Payload | undefined;
}

/** Hears of a slot. Results come in the order of the tasks, and what a task writes comes before its result. */
export interface SlotListener<V = Values> {
  /** Tasks of the batch are done, and more are to come. */
  onResults(results: readonly TaskResult<V>[]): void;
  /** The batch is over: with these results, or because it was revoked. */
  onDone(results: readonly TaskResult<V>[]): void;
  /** Answers `revoke`; an answer for a batch that is over meanwhile may come, too. */
  onStanding(standing: Standing<V>): void;
  /** An exception that nobody caught: the worker is about to die of it. */
  onFatal(thrown: ThrownValue): void;
  /** Text that a task wrote, 0 for none. */
  onTaskOutput(task: number, stream: OutputStream, text: string): void;
  /** A value that a task reports. */
  onReport(task: number, value: unknown): void;
  /** A task has asked for its signal. */
  onSignalUse(task: number): void;
  /** Text that was written past the worker's own streams: by native code, or by a process it started. */
  onOutput(stream: OutputStream, text: string): void;
  /** The worker has ended; its last messages may still be on their way. */
  onExit(): void;
  /** The last messages have come. */
  onGone(end: SlotEnd<V>): void;
}

/** The progress of a worker with its batch. */
export interface Standing<V = Values> {
  /** Ticket of the first task of that batch. */
  readonly firstTicket: number;
  /** Ticket of the task that it began last, 0 for none. */
  readonly lastBegun: number;
  /** Results of earlier tasks, among them all that it has not sent. */
  readonly results: readonly TaskResult<V>[];
}

export interface SlotEnd<V = Values> extends Standing<V> {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The end of a task in its worker, with its values or, on the way to another machine, their payload; times are those of `now`. */
export type TaskResult<V = Values> = {
  readonly number: number;
  readonly started: number;
  readonly ended: number;
} & ({ readonly values: V } | { readonly thrown: ThrownValue });
