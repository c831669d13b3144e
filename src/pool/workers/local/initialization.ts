import { definitionOf, type FunctionDefinition } from "../../functions/definition.js";
import type { FilledPoolOptions, WorkerOptions } from "../../options.js";
import { type Payload, toPayload, transfersOf } from "../../wire/payload.cjs";

/** A worker's options and the function that it runs first. */
export interface Initialization {
  readonly options: WorkerOptions;
  readonly initializer: FunctionDefinition | undefined;
  readonly initargs: Payload;
}

/** The options of a pool that its workers need. */
export type InitialOptions = WorkerOptions & Pick<FilledPoolOptions, "initializer" | "initargs">;

/**
 * Throws a FunctionTransferError if the initializer cannot travel, a TypeError if its arguments can go to one worker
 * only.
 */
export function initializationOf(given: InitialOptions): Initialization {
  const { workerType, execArgv, env, cwd, maxMemory, initializer, initargs } = given;
  const initialization = {
    options: { workerType, execArgv, env, cwd, maxMemory },
    initializer: initializer && definitionOf(initializer, workerType),
    initargs: toPayload(initargs, workerType),
  };
  if (transfersOf(initialization.initargs).length > 0) {
    throw new TypeError("Arguments of the initializer go to every worker, so they cannot be transferred");
  }
  return initialization;
}
