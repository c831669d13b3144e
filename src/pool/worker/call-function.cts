import type { CallKind } from "../wire/messages.cjs";
import { isTypedArray, resultsFor, type TypedArray, type Values } from "../wire/typed-array.cjs";
import type { TaskFunction } from "./learned-functions.cjs";

/** Calls a function as the kind says; gives a promise only where the function does, because waiting costs time. */
export function call(kind: CallKind, fn: TaskFunction, values: Values): Values | Promise<Values> {
  if (kind === "map") {
    return mapInOrder(values, fn);
  }
  if (kind === "starmap") {
    return mapInOrder(values, (args) => fn(...(args as readonly unknown[])));
  }
  const result = fn(...values);
  return isThenable(result) ? awaited(result) : [result];
}

async function awaited(result: PromiseLike<unknown>): Promise<Values> {
  return [await result];
}

function mapInOrder(values: Values, fn: (value: unknown) => unknown): Values | Promise<Values> {
  const { length } = values;
  const results = resultsFor(values);
  const isTyped = isTypedArray(values);
  for (let index = 0; index < length; index++) {
    const result = fn(values[index]);
    if (isThenable(result)) {
      return mapOn(values, fn, results, { index, result });
    }
    results[index] = isTyped ? element(result, values) : result;
  }
  return results;
}

/** Goes on with a map at the first result that has to be waited for. */
async function mapOn(
  values: Values,
  fn: (value: unknown) => unknown,
  results: unknown[],
  first: { readonly index: number; readonly result: PromiseLike<unknown> },
): Promise<Values> {
  const isTyped = isTypedArray(values);
  for (let index = first.index; index < values.length; index++) {
    const result = await (index === first.index ? first.result : fn(values[index]));
    results[index] = isTyped ? element(result, values) : result;
  }
  return results;
}

/** An element of a typed array; anything but a number would be changed without a word. */
function element(result: unknown, items: TypedArray): unknown {
  if (typeof result === "number" || typeof result === "bigint") {
    return result;
  }
  throw new TypeError(
    `A map over a ${items.constructor.name} gives one of its kind, but the function returned a ${typeof result}; pass Array.from(items) for other results`,
  );
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return false;
  }
  return "then" in value && typeof value.then === "function";
}
