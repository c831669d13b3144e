import type { AnyFunction } from "../function-types.js";
import type { TypedArray } from "../wire/typed-array.cjs";
import type { Items } from "./items.js";

/** One of these items. */
export type ItemOf<A> = A extends Iterable<infer T> ? T : A extends AsyncIterable<infer T> ? T : never;

/** The results of a map over these items: a typed array for a typed array, if they are numbers as its elements are. */
export type MapResult<A, R> = A extends TypedArray
  ? Awaited<R> extends ItemOf<A>
    ? A
    : never
  : Awaited<R>[];

/** Items that are arguments of the function; what is none is told the type to write. */
export type ArgumentItems<F extends AnyFunction, A> =
  | Items<Readonly<Parameters<F>>>
  | (A & ArgumentHint<F, A>);

type ArgumentHint<F extends AnyFunction, A> =
  ItemOf<A> extends Readonly<Parameters<F>>
    ? unknown
    : { readonly "each item must be a tuple; write it as": Parameters<F> };
