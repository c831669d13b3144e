import type { AnyFunction } from "../function-types.js";
import type { FunctionDefinition } from "../functions/definition.js";
import type { CallSite } from "../functions/inline/call-site.js";
import type { Values } from "../wire/typed-array.cjs";
import type { TaskEnd } from "../workers/task.js";
import type { Job } from "./job.js";
import type { TaskMaker } from "./task-maker.js";

export interface Call {
  readonly fn: AnyFunction;
  readonly args: readonly unknown[] | undefined;
  /** The call of the user; found there, because a stack that is deeper takes longer to look at. */
  readonly site: CallSite | undefined;
}

/** Submits one call; what keeps it from being sent becomes its error. */
export function submitCall<T>(job: Job<T>, maker: TaskMaker, { fn, args, site }: Call): void {
  try {
    const { definition, captured } = maker.defineCall(fn, site);
    const call = { definition, captured, kind: "apply", values: maker.pack(args ?? []) } as const;
    job.submit(maker.make(call, new OnlyTaskEnd(job)));
  } catch (error) {
    job.fail(error);
  }
}

/** A class: two functions for each call would take more room than all else of it. */
class OnlyTaskEnd<T> implements TaskEnd {
  readonly #job: Job<T>;

  constructor(job: Job<T>) {
    this.#job = job;
  }

  succeed(values: Values): void {
    this.#job.succeed(values[0] as T);
  }

  fail(error: unknown): void {
    this.#job.fail(error);
  }
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
        { definition, kind: "map", values: maker.pack(items) },
        { succeed: (values) => job.succeed(values), fail: (error) => job.fail(error) },
      ),
    );
  });
}
