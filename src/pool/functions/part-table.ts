import { FunctionTransferError } from "../errors.cjs";
import type { AnyFunction } from "../function-types.js";
import type { MethodPart, Part } from "../wire/function-parts.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { isObject } from "./objects.js";
import type { Path } from "./path.js";

/** Takes a value apart; places what it uses in the table. Throws a FunctionTransferError if it cannot travel. */
export type TakeApart = (value: unknown, path: Path, table: PartTable) => Part;

export interface TableKind {
  readonly workerType: WorkerType;
  readonly isCareful: boolean;
  /** Nothing is known to have changed: findings about objects count that a second look does not contradict. */
  readonly isTrusting: boolean;
}

/** Numbers that stand for parts of data: one that stays the same is one that has not changed. */
export type PartVersions = ReadonlyMap<Part, number>;

/** The parts of a function, each value once. */
export class PartTable {
  readonly parts: Part[] = [];
  /** The workers that the parts are for. */
  readonly workerType: WorkerType;
  /** Something that looks like data cannot be cloned, so all of it is tried. */
  readonly isCareful: boolean;
  readonly isTrusting: boolean;
  readonly versions = new Map<Part, number>();
  readonly #places = new Map<object, number>();
  readonly #methods = new Map<string, MethodPart>();
  readonly #takeApart: TakeApart;
  readonly #notice: (value: unknown) => void;
  #current: AnyFunction | undefined;

  /** `notice` sees every value that gets a place. */
  constructor(kind: TableKind, takeApart: TakeApart, notice: (value: unknown) => void) {
    this.workerType = kind.workerType;
    this.isCareful = kind.isCareful;
    this.isTrusting = kind.isTrusting;
    this.#takeApart = takeApart;
    this.#notice = notice;
  }

  /** The function whose variables are being placed. */
  get current(): AnyFunction | undefined {
    return this.#current;
  }

  has(value: object): boolean {
    return this.#places.has(value);
  }

  /**
   * The place of a value, which is taken apart if it is not there yet and no part is given for it; `path` tells how
   * the function came by it.
   */
  place(value: unknown, path: Path, part?: Part): number {
    const known = isObject(value) ? this.#places.get(value) : undefined;
    if (known !== undefined) {
      return known;
    }
    const place = this.add({ kind: "value", value: undefined });
    if (isObject(value)) {
      this.#places.set(value, place);
    }
    const before = this.#current;
    this.#notice(value);
    this.parts[place] = part ?? this.#takeApart(value, path, this);
    this.#current = before;
    return place;
  }

  /** Adds a part as that of a value. */
  register(value: unknown, part: Part): number {
    const place = this.add(part);
    if (isObject(value)) {
      this.#places.set(value, place);
    }
    return place;
  }

  /** Notes that the variables of a function are placed next. */
  enter(fn: AnyFunction): void {
    this.#current = fn;
  }

  /** The place of a value, or undefined if it cannot travel. */
  placeIfPossible(value: unknown, path: Path): number | undefined {
    const { length } = this.parts;
    const before = this.#current;
    try {
      return this.place(value, path);
    } catch (error) {
      if (!(error instanceof FunctionTransferError)) {
        throw error;
      }
      this.#current = before;
      this.#shorten(length);
      return undefined;
    }
  }

  /** Adds a part that nothing else shares. */
  add(part: Part): number {
    return this.parts.push(part) - 1;
  }

  /** Notes how the source of a class, which is in the table, makes a method. */
  addMethod(text: string, part: MethodPart): void {
    this.#methods.set(text, part);
  }

  methodOf(fn: AnyFunction): MethodPart | undefined {
    return this.#methods.size > 0 ? this.#methods.get(Function.prototype.toString.call(fn)) : undefined;
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
