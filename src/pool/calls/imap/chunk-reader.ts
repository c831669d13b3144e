import { type Items, isSync } from "../items.js";

export interface InputChunk {
  readonly items: readonly unknown[];
  /** Nothing comes after these items. */
  readonly isLast: boolean;
  /** It was thrown by the input after these items. */
  readonly failure?: { readonly error: unknown };
}

/** Reads an input chunk by chunk; at once if the input is synchronous. */
export class ChunkReader {
  readonly #input: Iterator<unknown> | AsyncIterator<unknown>;
  readonly read: () => InputChunk | Promise<InputChunk>;

  constructor(items: Items<unknown>, chunksize: number) {
    if (isSync(items)) {
      const input = items[Symbol.iterator]();
      this.#input = input;
      this.read = () => readNow(input, chunksize);
    } else {
      const input = items[Symbol.asyncIterator]();
      this.#input = input;
      this.read = () => readLater(input, chunksize);
    }
  }

  /** Tells the input that it will be read no more. */
  async stop(): Promise<void> {
    await this.#input.return?.();
  }
}

function readNow(input: Iterator<unknown>, chunksize: number): InputChunk {
  const items: unknown[] = [];
  try {
    while (items.length < chunksize) {
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

async function readLater(input: AsyncIterator<unknown>, chunksize: number): Promise<InputChunk> {
  const items: unknown[] = [];
  try {
    while (items.length < chunksize) {
      const step = await input.next();
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
