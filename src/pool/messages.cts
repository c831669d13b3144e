/*
 * What travels between the pool and a worker process. The pool calls the two methods of the worker through
 * workerpool: `start` once, then `run` with one batch of tasks after another. While a batch runs the worker
 * sends events of its own, in order; the batch is over when `run` answers with its last result.
 * Tuples rather than objects: their keys would travel with every task.
 */

/** Values of a task or its result: as they are if all are primitive, packed if all are numbers, or encoded. */
export type Payload = readonly unknown[] | Float64Array | Uint8Array;

/** A function on its way, with all that it uses. */
export interface FunctionDefinition {
  readonly id: number;
  readonly name: string;
  /** Where its `require` starts to look for modules. */
  readonly folder: string;
  /** Its parts, encoded. */
  readonly parts: Uint8Array;
}

/** How a function is called: once with all values as its arguments, or once for each value. */
export type CallKind = "apply" | "map" | "starmap";

export type TaskMessage = readonly [task: number, functionId: number, kind: CallKind, values: Payload];

/** Changes to the functions that a worker has. */
export interface FunctionUpdate {
  readonly learn: readonly FunctionDefinition[];
  readonly forget: readonly number[];
}

export interface Start {
  readonly name: string;
  /** Path of the progress mark. */
  readonly mark: string;
  readonly initializer: FunctionDefinition | undefined;
  readonly initargs: Payload;
}

/** Times are those of `now`. */
export type ResultMessage = readonly [
  task: number,
  succeeded: boolean,
  value: Payload | ThrownValue,
  started: number,
  ended: number,
];

export type OutputStream = "stdout" | "stderr";

export type WorkerEvent =
  | readonly [kind: "output", task: number, stream: OutputStream, text: string]
  | readonly [kind: "result", result: ResultMessage]
  /** An exception that nobody caught: the worker is about to die of it. */
  | readonly [kind: "fatal", thrown: ThrownValue];

/** Wraps an event, so that it cannot be taken for a message of workerpool. */
export interface EventMessage {
  readonly poolbook: WorkerEvent;
}

/** Something thrown in a worker, taken apart so that all of it survives the trip. */
export type ThrownValue =
  | { readonly kind: "value"; readonly value: Uint8Array }
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
  readonly properties: readonly (readonly [name: string, value: Uint8Array])[];
}
