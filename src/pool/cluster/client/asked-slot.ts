import type { Envelope, Opener } from "../protocol/envelope.js";
import type { ToAgent } from "../protocol/messages.js";
import type { Outbox } from "../transport/outbox.js";

/** A slot as the pool's side of the cluster sees it: asked for, leased or not. */
export interface AskedSlot {
  readonly id: string;
  /** Name of the worker. */
  readonly name: string;
  readonly isLeased: boolean;
  /** Milliseconds since it was leased; below 0 before. */
  readonly age: number;
  receive(envelope: Envelope): void;
  /** Nobody keeps it any more. */
  onLost(): void;
  /** Its request is gone, and no agent has taken it. */
  onRefused(reason: string | undefined): void;
  /** There will be no worker. */
  fail(error: unknown): void;
}

/** The pool's side of the cluster as a slot sees it. */
export interface SlotClient {
  ask(slot: AskedSlot): void;
  /** Resolves to true if no agent has taken it. */
  takeBack(slot: AskedSlot): Promise<boolean>;
  /** A worker is there. */
  onLeased(): void;
  /** The slot is over. */
  forget(slot: AskedSlot): void;
  opener(slot: AskedSlot, lease: string): Opener;
  /** Hashes of the source files that an agent has got from this pool. */
  sourcesAt(agent: string): Set<string>;
  outbox(slot: AskedSlot, to: { readonly lease: string; readonly inbox: string }): Outbox<ToAgent>;
}
