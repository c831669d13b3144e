import type { AnyFunction } from "../function-types.js";
import { definitionOf, type FunctionDefinition } from "../functions/definition.js";
import { toPayload } from "../wire/payload.cjs";
import type { Values } from "../wire/typed-array.cjs";
import type { Job } from "./job.js";
import type { TaskMaker } from "./task-maker.js";

/** Submits one call; what keeps it from being sent becomes its error. */
export function submitCall<T>(
  job: Job<T>,
  maker: TaskMaker,
  fn: AnyFunction,
  args: readonly unknown[],
): void {
  job.try(() => {
    const call = { definition: definitionOf(fn), kind: "apply", values: toPayload(args) } as const;
    job.submit(
      maker.make(call, {
        succeed: (values) => job.succeed(values[0] as T),
        fail: (error) => job.fail(error),
      }),
    );
  });
}

/** Submits one chunk of a lazy map. */
export function submitChunk(
  job: Job<Values>,
  maker: TaskMaker,
  definition: FunctionDefinition,
  items: readonly unknown[],
): void {
  job.try(() => {
    job.submit(
      maker.make(
        { definition, kind: "map", values: toPayload(items) },
        { succeed: (values) => job.succeed(values), fail: (error) => job.fail(error) },
      ),
    );
  });
}
