import { limited, type WaitOptions } from "../async-result.js";

/** One answer of `next`; `onTaken` is called when it is given. */
export type Outcome<T> = ({ readonly value: T } | { readonly error: unknown }) & {
  readonly onTaken?: () => void;
};

interface Consumer<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/** Outcomes on the one side, `next` calls on the other, each in order, whichever comes first. */
export class Mailbox<T> {
  #outcomes: Outcome<T>[] = [];
  readonly #consumers = new Set<Consumer<T>>();
  #isClosed = false;

  push(outcome: Outcome<T>): void {
    const [consumer] = this.#consumers;
    if (consumer) {
      this.#consumers.delete(consumer);
      hand(outcome, consumer);
    } else {
      this.#outcomes.push(outcome);
    }
  }

  /** Nothing more will come. */
  close(): void {
    this.#isClosed = true;
    for (const consumer of this.#consumers) {
      consumer.resolve({ done: true, value: undefined });
    }
    this.#consumers.clear();
  }

  /** Forgets what nobody has asked for. */
  clear(): void {
    this.#outcomes = [];
  }

  next(options: WaitOptions): Promise<IteratorResult<T, undefined>> {
    let consumer: Consumer<T> | undefined;
    const result = new Promise<IteratorResult<T, undefined>>((resolve, reject) => {
      const outcome = this.#outcomes.shift();
      if (outcome) {
        hand(outcome, { resolve, reject });
      } else if (this.#isClosed) {
        resolve({ done: true, value: undefined });
      } else {
        consumer = { resolve, reject };
        this.#consumers.add(consumer);
      }
    });
    if (!consumer) {
      return result;
    }
    return limited(result, options).catch((error) => {
      if (consumer) {
        this.#consumers.delete(consumer);
      }
      throw error;
    });
  }
}

function hand<T>(outcome: Outcome<T>, consumer: Consumer<T>): void {
  if ("error" in outcome) {
    consumer.reject(outcome.error);
  } else {
    consumer.resolve({ done: false, value: outcome.value });
  }
  outcome.onTaken?.();
}
