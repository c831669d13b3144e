import type { WorkerOptions } from "../../options.js";
import type { CallKind, OutputStream, ThrownValue } from "../../wire/messages.cjs";
import type { Payload } from "../../wire/payload.cjs";
import type { SlotEnd, Standing, TaskResult } from "../../workers/slot.js";
import type { Project, SourceContent, SourceFile, TravellingDefinition } from "./sources.js";

/*
 * Messages between a pool and the agents, once a slot was asked for by a job: first the agent says that it was leased,
 * then the pool has the worker started and goes on as with a local slot. Each travels with the time of its sender, as a
 * structured clone.
 */

/** A message with the time at which it was sent, by `now` of its sender. */
export type Timed<Message> = readonly [sent: number, message: Message];

export type ToAgent =
  /** Files that the worker gets before what comes next, and the contents that the agent has not got yet. */
  | readonly ["sources", files: readonly SourceFile[], contents: readonly SourceContent[]]
  | readonly ["start", WorkerStart]
  | readonly ["run", SentBatch]
  | readonly ["revoke"]
  | readonly ["abort", task: number]
  | readonly ["close"]
  | readonly ["kill"];

/** The worker that a slot is to run. */
export interface WorkerStart {
  readonly options: WorkerOptions;
  readonly project: Project;
  readonly initializer: SentInitializer | undefined;
  readonly initargs: Payload;
}

export interface SentInitializer {
  readonly definition: TravellingDefinition;
  readonly needs: readonly TravellingDefinition[];
}

export interface SentBatch {
  readonly learn: readonly TravellingDefinition[];
  readonly forget: readonly number[];
  readonly firstTicket: number;
  readonly tasks: readonly SentTask[];
}

export type SentTask = readonly [
  number: number,
  functionId: number,
  kind: CallKind,
  values: Payload,
  captured: Payload | undefined,
];

/** The first message of a lease, which is not known before. */
export interface Lease {
  readonly lease: string;
  /** Name of the agent's inbox. */
  readonly agent: string;
  readonly host: string;
}

export type ToClient =
  /** Asks for the contents of files. */
  | readonly ["lacks", hashes: readonly string[]]
  | readonly ["born", pid: number]
  | readonly ["started", thrown: ThrownValue | undefined]
  /** The worker could not be started. */
  | readonly ["failed", thrown: ThrownValue]
  | readonly ["results", results: readonly TaskResult<Payload>[]]
  | readonly ["done", results: readonly TaskResult<Payload>[]]
  | readonly ["standing", standing: Standing<Payload>]
  | readonly ["fatal", thrown: ThrownValue]
  | readonly ["output", task: number, stream: OutputStream, text: string]
  | readonly ["report", task: number, value: unknown]
  | readonly ["signal", task: number]
  | readonly ["text", stream: OutputStream, text: string]
  | readonly ["exit"]
  | readonly ["gone", end: SlotEnd<Payload>];
