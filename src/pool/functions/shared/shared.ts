import { freezeAll, walkThrough } from "../../wire/object-walk.cjs";
import { isObject } from "../objects.js";
import { dataIn } from "../plain-data.js";
import { giveNumber, sharedNumber } from "./shared-numbers.js";

/**
 * Makes data a constant that costs the calls nothing: each worker that runs a function which captures it gets it once,
 * however many functions and calls there are, and nobody looks for changes any more. So it is frozen with all that it
 * holds, here and in the workers; what cannot be frozen are the elements of typed arrays and buffers, dates and the
 * entries of maps and sets: of those, a worker keeps what they were at first. After Spark's broadcast variables.
 * Returns the value; throws a TypeError if it is not only data: for functions, instances of classes and Proxies.
 *
 * @example
 * const table = shared(rows);
 * const found = await pool.map((x: number) => table[x], [1, 2]);
 */
export function shared<T>(value: T): T {
  if (!isObject(value) || sharedNumber(value) !== undefined) {
    return value;
  }
  const data = dataIn(value, { workerType: "thread", isTrusting: false });
  const walk = data?.instances.size === 0 && !data.bare ? walkThrough(value, () => true) : undefined;
  if (!walk) {
    throw new TypeError(
      "Expected what is shared to be data alone: no functions, accessors, instances of classes or Proxies, and prototypes as usual",
    );
  }
  freezeAll(walk);
  giveNumber(value);
  return value;
}
