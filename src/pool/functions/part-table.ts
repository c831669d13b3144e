import { FunctionTransferError } from "../errors.cjs";
import type { Part } from "../wire/function-parts.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { isObject } from "./objects.js";
import type { Path } from "./path.js";

/** Takes a value apart; places what it uses in the table. Throws a FunctionTransferError if it cannot travel. */
export type TakeApart = (value: unknown, path: Path, table: PartTable) => Part;

/** The parts of a function, each value once. */
export class PartTable {
  readonly parts: Part[] = [];
  /** The workers that the parts are for. */
  readonly workerType: WorkerType;
  readonly #places = new Map<object, number>();
  readonly #takeApart: TakeApart;

  constructor(workerType: WorkerType, takeApart: TakeApart) {
    this.workerType = workerType;
    this.#takeApart = takeApart;
  }

  /** The place of a value, which is taken apart if it is not there yet; `path` tells how the function came by it. */
  place(value: unknown, path: Path): number {
    const known = isObject(value) ? this.#places.get(value) : undefined;
    if (known !== undefined) {
      return known;
    }
    const place = this.add({ kind: "value", value: undefined });
    if (isObject(value)) {
      this.#places.set(value, place);
    }
    this.parts[place] = this.#takeApart(value, path, this);
    return place;
  }

  /** The place of a value, or undefined if it cannot travel. */
  placeIfPossible(value: unknown, path: Path): number | undefined {
    const { length } = this.parts;
    try {
      return this.place(value, path);
    } catch (error) {
      if (!(error instanceof FunctionTransferError)) {
        throw error;
      }
      this.#shorten(length);
      return undefined;
    }
  }

  /** Adds a part that nothing else shares. */
  add(part: Part): number {
    return this.parts.push(part) - 1;
  }

  #shorten(length: number): void {
    this.parts.length = length;
    for (const [value, place] of this.#places) {
      if (place >= length) {
        this.#places.delete(value);
      }
    }
  }
}
