import type { RoutedMessage } from "../../../jupyter/message.js";

/** The requests that cells came with, by the number of the cell; what a cell puts out late is still about its own. */
export class CellRequests {
  readonly #messages = new Map<number, RoutedMessage>();

  add(cell: number, message: RoutedMessage): void {
    this.#messages.set(cell, { ...message, content: {}, buffers: [] });
  }

  /** Forgets a request that nothing comes late for. */
  remove(cell: number): void {
    this.#messages.delete(cell);
  }

  of(cell: number): RoutedMessage | undefined {
    return this.#messages.get(cell);
  }
}
