import type { TransferListItem } from "node:worker_threads";
import type { BatchEnd, EventMessage, OutputStream } from "../../wire/messages.cjs";
import type { SharedSpace } from "../../wire/space/shared-space.cjs";

/** The process or the thread in which a worker of this machine runs. It does not keep the main process alive. */
export interface Host {
  readonly pid: number;
  /** Has its workerpool's script call a method, whatever it is doing otherwise; the answer is a message with the ID. */
  call(call: HostCall): void;
  /** Resolves when it has ended, or could not be started. */
  readonly ended: Promise<void>;
  /** Waits for its last messages after its end. */
  lastWords(): Promise<HostEnd>;
  /** Ends it at once, whatever it does; native code in a thread runs to its end. */
  kill(): void;
}

export interface HostCall {
  readonly id?: string;
  readonly method: string;
  readonly params: readonly unknown[];
  /** Objects that it hands over; to a thread only. */
  readonly transfer?: readonly TransferListItem[];
}

export interface HostEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface HostListener {
  onMessage(message: unknown): void;
  onOutput(stream: OutputStream, text: string): void;
  /** It dies of this error, of which the worker itself cannot tell. */
  onFatal(error: unknown): void;
}

/** Sent by workerpool's script when it is there; workerpool sends `start` then, before anybody else hears of it. */
export const readyMessage = "ready";

/** An event, or the answer to a call, as workerpool's script sends it: null instead of what failed. */
export type HostMessage =
  | typeof readyMessage
  | null
  | (Partial<EventMessage> & { readonly id?: string; readonly result?: BatchEnd | null });

/** A kind of hosts. */
export interface HostKind {
  createSpace(): SharedSpace;
  /** Has `start` start a workerpool of one worker, and finds the host that runs it. */
  launch(start: () => void, listener: HostListener, maxMemory: number | undefined): Host;
}
