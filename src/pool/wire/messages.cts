import type { Place } from "./shared-file.cjs";

/*
 * Messages between the pool and a worker process. The pool calls the two methods of the worker through
 * workerpool: `start` once, then `run` with one batch of tasks after another. While a batch runs the worker
 * sends events of its own, in order; the batch is over when `run` answers with its last results.
 * Tuples rather than objects: their keys would travel with every task. All of it is JSON, which is the fastest for
 * small messages; what JSON cannot hold, and what is large, travels as bytes.
 */

/** Bytes on their way: as base64 text, or as a place in the file that is shared with the worker. */
export type SentBytes = string | Place;

/** Values of a task or its result on their way: as in JSON, packed numbers, or encoded. */
export type SentPayload =
  | readonly unknown[]
  | { readonly numbers: SentBytes }
  | { readonly encoded: SentBytes };

/** A function on its way, with all that it uses. */
export interface SentFunction {
  readonly id: number;
  /** The folder where its `require` starts to look for modules. */
  readonly folder: string;
  /** Its parts, encoded. */
  readonly parts: SentBytes;
}

/** The way a function is called: once with all values as its arguments, or once for each value. */
export type CallKind = "apply" | "map" | "starmap";

export type TaskMessage = readonly [task: number, functionId: number, kind: CallKind, values: SentPayload];

export interface Batch {
  /** Functions that the worker does not have yet. */
  readonly learn?: readonly SentFunction[];
  /** IDs of functions that it does not need any more. */
  readonly forget?: readonly number[];
  /** The tasks have tickets that count from this one. */
  readonly firstTicket: number;
  readonly tasks: readonly TaskMessage[];
  /** From there on the worker may write in the shared file. */
  readonly fileEnd: number;
}

export interface Start {
  readonly name: string;
  /** Path of the shared file. */
  readonly file: string;
  readonly initializer?: { readonly definition: SentFunction; readonly args: SentPayload };
}

/** Times are those of `now`. */
export type ResultMessage =
  | readonly [task: number, succeeded: true, values: SentPayload, started: number, ended: number]
  | readonly [task: number, succeeded: false, thrown: ThrownValue, started: number, ended: number];

export type OutputStream = "stdout" | "stderr";

export type WorkerEvent =
  | readonly [kind: "output", task: number, stream: OutputStream, text: string]
  | readonly [kind: "results", results: readonly ResultMessage[]]
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
  readonly properties: readonly (readonly [name: string, value: EncodedText])[];
}
