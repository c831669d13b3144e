/** A part of the space. */
export type Place = readonly [at: number, length: number];

/** The inside of a list in JSON, with a comma behind each item; numbers between the items mean nothing. */
export type KeptText = string;

/** A worker's note at the beginning of a task. */
export interface Progress {
  /** The ticket of the task, 0 for none. */
  readonly begun: number;
  /** Results of tasks before it, among them all that the worker has not sent. */
  readonly kept: KeptText;
}

/** Milliseconds since a worker asked whether its batch is revoked, for which it may go on without. */
export const longestUnasked = 1;

/**
 * Space that a worker shares with the main process: a file, or memory if the worker is a thread.
 *
 * In it the worker writes the ticket of each task as it begins, so that it is known, also after its sudden death, which
 * of its tasks it has not begun: those can run elsewhere. And the main process writes there which batch the worker
 * shall not go on with. The worker marks a task before it asks whether the batch is revoked; the main process revokes
 * before it reads the mark. So a task behind the mark that was read after the revocation will not be begun. Where asking
 * takes longer than a short task, the worker may go without for `longestUnasked`, and the main process waits for that long
 * between the two.
 *
 * With the mark, the worker leaves results there that it has not sent yet. Behind that, both write the large values of a
 * batch, one after another, which is faster than sending them: first the main process what the batch needs, then the
 * worker its results.
 */
export interface SharedSpace {
  /** Opens it in the worker. */
  readonly key: string | SharedArrayBuffer;
  /** Bytes that it cannot take may travel in a message as they are. */
  readonly isMemory: boolean;
  /** In the worker: notes that it begins a task; no results are kept any more. */
  begin(ticket: number): void;
  /**
   * The same for the task with the next ticket, behind the result of the one before, in JSON: it is kept beside those that
   * are kept already. Notes nothing and tells so if there is no room.
   */
  beginNext(ticket: number, result: string): boolean;
  /** In the worker: bytes that are kept. */
  readonly keptLength: number;
  /** Kept results, when the worker has told of their length and begins no more tasks. */
  readKept(length: number): KeptText;
  /** The worker's latest note. */
  readonly progress: Progress;
  /** Forbids to begin any more tasks of the batch that starts with this ticket, from `untilHeeded` on. */
  revoke(firstTicket: number): void;
  /** Milliseconds between a revocation and the time to look for `progress`. */
  readonly untilHeeded: number;
  /** In the worker, to be asked when it has noted that it begins a task, with the time of `now` behind that note. */
  isRevoked(firstTicket: number, time: number): boolean;
  /** In the worker, at its end: leaves the bytes there if nothing else can take them any more. */
  leave(bytes: Uint8Array): void;
  /** The place of what an ended worker has left. */
  readonly left: Place;
  /** In the main process: a new batch begins, and the bytes of the last one are forgotten. */
  clear(): void;
  /** The next bytes will be written there. */
  readonly end: number;
  /** In the worker: a new batch begins, and the main process has written as far as this. */
  continueAt(end: number): void;
  /** Appends bytes; undefined if it cannot take them. */
  write(bytes: Uint8Array): Place | undefined;
  /** The bytes that the other side has written there; valid until the next read. */
  read(place: Place): Uint8Array;
  /** Fills memory with the bytes from there on. */
  readInto(memory: Uint8Array, at: number): void;
  close(): void;
}
