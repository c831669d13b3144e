import type { EventMessage, WorkerEvent } from "../messages.cjs";
import type { SharedSpace } from "./shared-space.cjs";

/** An event, with its number among all of its worker, from 1 on. */
export type NumberedEvent = readonly [number: number, event: WorkerEvent];

/**
 * Sends a worker process's events, and knows which of them it is not rid of: while the main process is busy its socket
 * takes no more than some hundred, and what waits behind them is lost when the process exits.
 */
export class EventSender {
  readonly #unsent = new Map<number, WorkerEvent>();
  #count = 0;

  send(event: WorkerEvent): void {
    const number = ++this.#count;
    const message: EventMessage = { poolbook: event };
    this.#unsent.set(number, event);
    process.send?.(message, undefined, undefined, () => this.#unsent.delete(number));
  }

  /** Leaves in the space, at the end of the process, what may not have been sent. */
  leaveIn(space: SharedSpace): void {
    if (this.#unsent.size > 0) {
      space.leave(Buffer.from(JSON.stringify([...this.#unsent])));
    }
  }
}

/** The events that an ended worker has left in the space; none if another batch was written over it. */
export function eventsLeftIn(space: SharedSpace): readonly NumberedEvent[] {
  const place = space.left;
  try {
    return place[1] === 0 ? [] : JSON.parse(Buffer.from(space.read(place)).toString());
  } catch {
    return [];
  }
}
