import { type Items, isSync } from "./items.js";

export interface InputChunk {
  readonly items: readonly unknown[];
  /** Whether the input ended after these items. */
  readonly isLast: boolean;
  /** What the input threw after these items, if it did. */
  readonly failure?: { readonly error: unknown };
}

/** Reads an input chunk by chunk; at once if the input is synchronous. */
export class ChunkReader {
  readonly #input: Iterator<unknown> | AsyncIterator<unknown>;
  readonly #isSync: boolean;
  readonly #chunksize: number;

  constructor(items: Items<unknown>, chunksize: number) {
    this.#isSync = isSync(items);
    this.#input = isSync(items) ? items[Symbol.iterator]() : items[Symbol.asyncIterator]();
    this.#chunksize = chunksize;
  }

  read(): InputChunk | Promise<InputChunk> {
    return this.#isSync ? this.#readNow(this.#input as Iterator<unknown>) : this.#readLater();
  }

  /** Tells the input that it will be read no more. */
  async stop(): Promise<void> {
    await this.#input.return?.();
  }

  #readNow(input: Iterator<unknown>): InputChunk {
    const items: unknown[] = [];
    try {
      while (items.length < this.#chunksize) {
        const step = input.next();
        if (step.done) {
          return { items, isLast: true };
        }
        items.push(step.value);
      }
    } catch (error) {
      return { items, isLast: true, failure: { error } };
    }
    return { items, isLast: false };
  }

  async #readLater(): Promise<InputChunk> {
    const items: unknown[] = [];
    try {
      while (items.length < this.#chunksize) {
        const step = await this.#input.next();
        if (step.done) {
          return { items, isLast: true };
        }
        items.push(step.value);
      }
    } catch (error) {
      return { items, isLast: true, failure: { error } };
    }
    return { items, isLast: false };
  }
}
