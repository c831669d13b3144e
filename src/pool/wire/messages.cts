import type { MainScript } from "../current-process.cjs";
import type { Companion } from "./companions.cjs";
import type { Place } from "./space/shared-space.cjs";

/*
 * Messages between the pool and a worker, a process or a thread. The pool calls the two methods of the worker through
 * workerpool: `start` once, then `run` with one batch of tasks after another; without an initializer the answer to `start`
 * is not waited for. While a batch runs the worker
 * sends events of its own, in order, and takes a call of `abort`, which has no answer, for a task that heeds its signal;
 * the batch is over when `run` answers with its last results.
 * Tuples rather than objects: their keys would travel with every task. All of it is JSON, which is the fastest for
 * small messages; what JSON cannot hold, and what is large, travels as bytes. Only to and from a thread do messages hold
 * more than JSON: bytes that the shared memory cannot take, and the companions of bytes.
 */

/** Bytes on their way: as base64 text, as a place in the space that is shared with the worker, or as they are. */
export type SentBytes = string | Place | Uint8Array;

/** Values of a task or its result on their way: as in JSON, packed numbers, or encoded. */
export type SentPayload =
  | readonly unknown[]
  | { readonly numbers: SentBytes }
  | { readonly encoded: SentBytes; readonly companions?: readonly Companion[] };

/** A definition that is not a function: the user's own modules, or a shared value. */
export type DefinitionRole = "modules" | "shared";

/** A function on its way, with all that it uses; or modules that functions load. */
export interface SentFunction {
  readonly role?: DefinitionRole;
  readonly id: number;
  /** The folder where its `require` starts to look for modules. */
  readonly folder: string;
  /** Its parts, encoded. */
  readonly parts: SentBytes;
  readonly companions?: readonly Companion[];
}

/** The way a function is called: once with all values as its arguments, or once for each value. */
export type CallKind = "apply" | "map" | "starmap";

/** `captured` are the values that the parts of the function leave to the call. */
export type TaskMessage = readonly [
  task: number,
  functionId: number,
  kind: CallKind,
  values: SentPayload,
  captured?: SentPayload,
];

export interface Batch {
  /** Functions that the worker does not have yet. */
  readonly learn?: readonly SentFunction[];
  /** IDs of functions that it does not need any more. */
  readonly forget?: readonly number[];
  /** The tasks have tickets that count from this one. */
  readonly firstTicket: number;
  /** When it was sent, by `now`. */
  readonly time: number;
  readonly tasks: readonly TaskMessage[];
  /** From there on the worker may write in the shared space. */
  readonly spaceEnd: number;
}

/** A worker knows this before any message: a process by its arguments, a thread by its `workerData`. */
export interface WorkerIdentity {
  readonly name: string;
  /** Key of the shared space: the path of a file, or memory. */
  readonly space: string | SharedArrayBuffer;
  readonly mainScript: MainScript;
}

/** Runs before the first task. */
export interface SentInitializer {
  readonly definition: SentFunction;
  readonly needs: readonly SentFunction[];
  readonly args: SentPayload;
}

/** Times are microseconds since that of the batch. */
export type ResultMessage =
  | readonly [task: number, succeeded: true, values: SentPayload, started: number, ended: number]
  | readonly [task: number, succeeded: false, thrown: ThrownValue, started: number, ended: number];

/** The answer to a batch: its last results, behind those that stand in the shared space. */
export interface BatchEnd {
  readonly results: readonly ResultMessage[];
  /** The length of those, if there are such. */
  readonly kept?: number;
}

export type OutputStream = "stdout" | "stderr";

export type WorkerEvent =
  | readonly [kind: "output", task: number, stream: OutputStream, text: string]
  | readonly [kind: "results", results: readonly ResultMessage[]]
  | readonly [kind: "report", task: number, value: EncodedText]
  /** The task has asked for its signal. */
  | readonly [kind: "signal", task: number]
  /** An exception that nobody caught: the worker is about to die of it. */
  | readonly [kind: "fatal", thrown: ThrownValue];

/** Wraps an event, so that it cannot be taken for a message of workerpool. */
export interface EventMessage {
  readonly poolbook: WorkerEvent;
}

/** An encoded value as base64 text. */
export type EncodedText = string;

/** Something thrown in a worker, taken apart so that all of it survives the trip. */
export type ThrownValue =
  | { readonly kind: "value"; readonly value: EncodedText }
  | { readonly kind: "opaque"; readonly text: string }
  | ThrownError;

export interface ThrownError {
  readonly kind: "error";
  /** The names of its classes, from the most special one on. */
  readonly classes: readonly string[];
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: ThrownValue | undefined;
  readonly errors: readonly ThrownValue[] | undefined;
  readonly properties: readonly ThrownProperty[];
}

export type ThrownProperty = readonly [name: string, value: EncodedText, isEnumerable: boolean];
