import type { AnyFunction } from "../function-types.js";
import { definitionOf, type FunctionDefinition } from "../functions/definition.js";
import type { CallSite } from "../functions/inline/call-site.js";
import { calledDefinition } from "../functions/inline/called-definition.js";
import { type Payload, toPayload } from "../wire/payload.cjs";
import type { Values } from "../wire/typed-array.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { type NewTask, Task, type TaskEnd } from "../workers/task.js";
import type { TaskLog } from "../workers/task-log.js";

/** Makes the tasks of a pool, numbered in the order of submission. */
export class TaskMaker {
  readonly #log: TaskLog;
  readonly #workerType: WorkerType;
  #lastNumber = 0;

  constructor(log: TaskLog, workerType: WorkerType) {
    this.#log = log;
    this.#workerType = workerType;
  }

  /** Throws a FunctionTransferError if the function cannot travel. */
  define(fn: AnyFunction): FunctionDefinition {
    return definitionOf(fn, this.#workerType);
  }

  /** The same for one call. */
  defineCall(fn: AnyFunction, site: CallSite | undefined): Pick<NewTask, "definition" | "captured"> {
    return calledDefinition(fn, this.#workerType, site);
  }

  /** Throws if a value cannot be cloned. */
  pack(values: Values): Payload {
    return toPayload(values, this.#workerType);
  }

  make({ definition, kind, values, captured }: Omit<NewTask, "number">, end: TaskEnd): Task {
    return new Task({ number: ++this.#lastNumber, definition, kind, values, captured }, this.#log, end);
  }
}
