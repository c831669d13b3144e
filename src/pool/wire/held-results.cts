import type { ResultMessage } from "./messages.cjs";
import type { Place, SharedSpace } from "./space/shared-space.cjs";

/** Milliseconds that a result waits for others, to travel in one message with them. */
const longestHold = 1;

/**
 * The results of a worker's short tasks that have not been sent yet. They stand in the shared space too, where the main
 * process finds them if the worker dies or its next task takes long.
 */
export class HeldResults {
  readonly #space: SharedSpace;
  readonly #send: (results: readonly ResultMessage[]) => void;
  #results: ResultMessage[] = [];
  #place: Place = [0, 0];

  constructor(space: SharedSpace, send: (results: readonly ResultMessage[]) => void) {
    this.#space = space;
    this.#send = send;
  }

  /** Their place in the space. */
  get place(): Place {
    return this.#place;
  }

  hold(result: ResultMessage): void {
    this.#results.push(result);
    const [first = result] = this.#results;
    const hasTime = endOf(result) - endOf(first) < longestHold;
    if (!(hasTime && isText(result) && this.#keep(result))) {
      this.send();
    }
  }

  send(): void {
    const results = this.take();
    if (results.length > 0) {
      this.#send(results);
    }
  }

  /** Gives them up to be sent. */
  take(): ResultMessage[] {
    const results = this.#results;
    this.#results = [];
    this.#place = [0, 0];
    return results;
  }

  /** Appends it to the others in the space; tells whether they stand there without a gap. */
  #keep(result: ResultMessage): boolean {
    const place = this.#space.write(Buffer.from(`${JSON.stringify(result)},`));
    if (!place) {
      return false;
    }
    const [at, length] = this.#place[1] === 0 ? [place[0], 0] : this.#place;
    this.#place = [at, length + place[1]];
    return at + length === place[0];
  }
}

/** The results that stand in that place of the space. */
export function keptResults(space: SharedSpace, place: Place): ResultMessage[] {
  const text = Buffer.from(space.read(place)).toString();
  return JSON.parse(`[${text.slice(0, -1)}]`);
}

/** Holds nothing that only a message can take. */
function isText([, succeeded, value]: ResultMessage): boolean {
  return !(succeeded && "encoded" in value && (value.companions || value.encoded instanceof Uint8Array));
}

function endOf(result: ResultMessage): number {
  return result[4];
}
