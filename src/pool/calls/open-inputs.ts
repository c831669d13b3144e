/** An input that is still being read, so that tasks are still to be submitted. */
export interface OpenInput {
  /** Reads on to the end, however much that is: the pool is closed. */
  readAll(): void;
  /** Reads no more: the pool is terminated. */
  stop(error: unknown): void;
}

/** The inputs a pool has still to read to their ends before its workers may go. */
export class OpenInputs {
  readonly #inputs = new Set<OpenInput>();
  #whenRead: (() => void) | undefined;

  add(input: OpenInput): void {
    this.#inputs.add(input);
  }

  delete(input: OpenInput): void {
    this.#inputs.delete(input);
    if (this.#inputs.size === 0) {
      this.#whenRead?.();
    }
  }

  /** Has all inputs read to their ends and then calls `whenRead`. */
  readAll(whenRead: () => void): void {
    this.#whenRead = whenRead;
    if (this.#inputs.size === 0) {
      whenRead();
    }
    for (const input of [...this.#inputs]) {
      input.readAll();
    }
  }

  stop(error: unknown): void {
    for (const input of [...this.#inputs]) {
      input.stop(error);
    }
  }
}
