import { FunctionTransferError } from "../../errors.cjs";
import type { AnyFunction } from "../../function-types.js";
import { placeOf } from "./scripts.js";

/**
 * Runs `body`, which takes a function or class apart. If that is inside of Node, where nothing can be told by a name of the
 * user's, a refusal becomes the one of `refusal`.
 */
export function asNodesOwn<T>(fn: AnyFunction, refusal: () => Error, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const isNodesOwn =
      error instanceof FunctionTransferError && placeOf(fn)?.script.url.startsWith("node:") === true;
    throw isNodesOwn ? refusal() : error;
  }
}
