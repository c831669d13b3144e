import type { BatchEnd, ResultMessage } from "./messages.cjs";
import type { KeptText, SharedSpace } from "./space/shared-space.cjs";

/** Microseconds that a result waits for others, to travel in one message with them. */
const longestHold = 1000;

/**
 * The results of a worker's short tasks that have not been sent yet. From the beginning of the next task on they stand in
 * the shared space, where the main process finds them when the batch is over, and if the worker dies or a task takes long.
 */
export class HeldResults {
  readonly #space: SharedSpace;
  readonly #send: (results: readonly ResultMessage[]) => void;
  #results: ResultMessage[] = [];
  /** The latest one, which is not in the space yet. */
  #text: string | undefined;

  constructor(space: SharedSpace, send: (results: readonly ResultMessage[]) => void) {
    this.#space = space;
    this.#send = send;
  }

  /** Notes in the space that a task begins. */
  begin(ticket: number): void {
    const text = this.#text;
    this.#text = undefined;
    if (text === undefined || !this.#space.beginNext(ticket, text)) {
      this.send();
      this.#space.begin(ticket);
    }
  }

  hold(result: ResultMessage): void {
    this.#results.push(result);
    const hasTime = endOf(result) - endOf(this.#results[0] ?? result) < longestHold;
    if (hasTime && isText(result)) {
      this.#text = JSON.stringify(result);
    } else {
      this.send();
    }
  }

  send(): void {
    if (this.#results.length > 0) {
      this.#send(this.#results);
    }
    this.#forget();
  }

  /** The end of the batch, with the result of its last task; those that stand in the space need no message. */
  end(...last: readonly ResultMessage[]): BatchEnd {
    const areInSpace = this.#results.length > 0;
    this.#forget();
    return areInSpace ? { results: last, kept: this.#space.keptLength } : { results: last };
  }

  #forget(): void {
    this.#results = [];
    this.#text = undefined;
  }
}

export function resultsIn(kept: KeptText): ResultMessage[] {
  const items: unknown[] = JSON.parse(`[${kept.trimEnd().slice(0, -1)}]`);
  return items.filter((item) => Array.isArray(item)) as unknown[] as ResultMessage[];
}

/** Holds nothing that only a message can take. */
function isText(result: ResultMessage): boolean {
  if (!result[1] || Array.isArray(result[2])) {
    return true;
  }
  return !("encoded" in result[2] && (result[2].companions || result[2].encoded instanceof Uint8Array));
}

function endOf(result: ResultMessage): number {
  return result[4];
}
