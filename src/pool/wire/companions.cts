import type { TransferListItem } from "node:worker_threads";

/** An object beside the bytes of a value, with the number that stands for it there. */
export type Companion = readonly [number: number, object: object];

/** Numbers take five bytes each, so that they can be told from other bytes. */
const smallest = 2 ** 28;
const largest = 2 ** 32 - 1;

const numbers = new WeakMap<object, number>();

/**
 * Objects that travel beside the bytes of a value, because they cannot be copied into them: memory that is shared, and
 * what is transferred.
 */
export class Companions {
  readonly #transferred: readonly object[];
  readonly #objects: Set<object>;

  constructor(transferred: readonly object[] = []) {
    this.#transferred = transferred;
    this.#objects = new Set(transferred);
  }

  get shared(): SharedArrayBuffer[] {
    return [...this.#objects].filter((object) => object instanceof SharedArrayBuffer);
  }

  get transferredBuffers(): ArrayBuffer[] {
    return this.#transferred.filter((object) => object instanceof ArrayBuffer);
  }

  /** The number of an object that goes beside the bytes; undefined for one that does not. */
  numberOf(object: object): number | undefined {
    if (object instanceof SharedArrayBuffer) {
      this.#objects.add(object);
    }
    return this.#objects.has(object) ? numbered(object) : undefined;
  }

  /** Takes the objects: what is transferred is gone from here. Throws if something cannot be transferred. */
  take(): Companion[] {
    const objects = [...this.#objects];
    if (objects.length === 0) {
      return [];
    }
    const taken = structuredClone(objects, { transfer: this.#transferred as TransferListItem[] });
    return objects.map((object, index) => [numbered(object), taken[index] ?? object]);
  }
}

function numbered(object: object): number {
  return numbers.get(object) ?? renumber(object);
}

/** Gives an object a new number. */
export function renumber(object: object): number {
  const number = smallest + Math.floor(Math.random() * (largest - smallest));
  numbers.set(object, number);
  return number;
}

/** Of these companions, those that can go to one worker only. */
export function transferListOf(companions: readonly Companion[]): TransferListItem[] {
  return companions.flatMap(([, object]) =>
    object instanceof SharedArrayBuffer ? [] : [object as TransferListItem],
  );
}
