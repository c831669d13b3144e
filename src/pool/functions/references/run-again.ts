import { FunctionTransferError } from "../../errors.cjs";
import type { AnyFunction } from "../../function-types.js";
import type { Part } from "../../wire/function-parts.cjs";
import { isBeingLoaded } from "../../wire/modules-being-loaded.cjs";
import { mainScriptAgain } from "./main-script.js";

/*
 * Code that starts a pool while a worker loads it would start one in each worker of that pool, too, and so on without
 * end. Python's workers may start no processes at all.
 */

/** Throws a FunctionTransferError in a worker where the main script runs once more and calls `callee`. */
export function refuseMainScriptAgain(fn: AnyFunction, callee: AnyFunction): void {
  const script = mainScriptAgain(callee);
  if (script !== undefined) {
    throw refusal(
      fn,
      `which runs the main script ${script} once more, because a module that it has loaded imports it; move what that module needs of the main script into a module of its own`,
    );
  }
}

/** Throws a FunctionTransferError in a worker that still loads a module that the function's parts would load again. */
export function refuseModulesBeingLoaded(fn: AnyFunction, parts: readonly Part[]): void {
  const again = parts.find((part) => part.kind === "module" && isBeingLoaded(part));
  if (again?.kind === "module") {
    throw refusal(
      fn,
      `which loads ${again.module}, and that module calls the pool as soon as it is loaded, as it would in each worker of this pool once more; call the pool in a function or in the main script`,
    );
  }
}

function refusal({ name }: AnyFunction, why: string): FunctionTransferError {
  return new FunctionTransferError(
    `Cannot send function \`${name || "anonymous"}\`: this is a worker, ${why}`,
  );
}
