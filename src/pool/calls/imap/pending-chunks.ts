import type { Outcome } from "./mailbox.js";

/** A chunk under way; it has outcomes when it is done. */
export interface PendingChunk<T> {
  outcomes?: readonly Outcome<T>[];
}

/** The chunks of an input that are under way; those that are done come out in its order, or as soon as they can. */
export class PendingChunks<T> {
  readonly #isOrdered: boolean;
  #chunks: PendingChunk<T>[] = [];

  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered;
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  open(): PendingChunk<T> {
    const chunk: PendingChunk<T> = {};
    this.#chunks.push(chunk);
    return chunk;
  }

  /** The outcomes of the next chunk whose turn it is. */
  takeDone(): readonly Outcome<T>[] | undefined {
    const index = this.#isOrdered ? 0 : this.#chunks.findIndex(({ outcomes }) => outcomes);
    const outcomes = this.#chunks[index]?.outcomes;
    if (outcomes) {
      this.#chunks.splice(index, 1);
    }
    return outcomes;
  }

  clear(): void {
    this.#chunks = [];
  }
}
