import type { AnyFunction } from "../functions/any-function.js";
import { definitionOf, type FunctionDefinition } from "../functions/definition.js";
import type { CallKind } from "../wire/messages.cjs";
import { isTypedArray, typedArrayLike, type Values } from "../wire/typed-array.cjs";
import { type Payload, toPayload } from "../wire/values.cjs";
import { Task, type TaskEnd } from "../workers/task.js";
import type { TaskLog } from "../workers/task-log.js";
import { chunkBounds, defaultChunksize } from "./chunks.js";
import { type Items, isSync } from "./items.js";
import type { Job } from "./job.js";
import type { OpenInputs } from "./open-inputs.js";

/** Makes the tasks of a pool, numbered in the order of submission. */
export class TaskMaker {
  readonly #log: TaskLog;
  #lastNumber = 0;

  constructor(log: TaskLog) {
    this.#log = log;
  }

  make(definition: FunctionDefinition, kind: CallKind, values: Payload, end: TaskEnd): Task {
    return new Task(++this.#lastNumber, definition, kind, values, this.#log, end);
  }
}

/** Submits one call; what keeps it from being sent becomes its error. */
export function submitCall<T>(
  job: Job<T>,
  maker: TaskMaker,
  fn: AnyFunction,
  args: readonly unknown[],
): void {
  failing(job, () => {
    job.submit(
      maker.make(definitionOf(fn), "apply", toPayload(args), {
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
  failing(job, () => {
    job.submit(
      maker.make(definition, "map", toPayload(items), {
        succeed: (values) => job.succeed(values as Values),
        fail: (error) => job.fail(error),
      }),
    );
  });
}

export interface MapCall {
  readonly fn: AnyFunction;
  readonly kind: "map" | "starmap";
  readonly items: Items<unknown>;
  readonly chunksize: number | undefined;
  readonly processes: number;
}

/** Submits all chunks of a map; fails with the first error to arrive, but not before every chunk is done. */
export function submitMap(job: Job<Values>, maker: TaskMaker, openInputs: OpenInputs, call: MapCall): void {
  failing(job, () => {
    const definition = definitionOf(call.fn);
    const { items } = call;
    if (isSync(items)) {
      submitChunks(job, maker, call, definition, isTypedArray(items) ? items : [...items]);
    } else {
      const input = { readAll() {}, stop: (error: unknown) => job.fail(error) };
      const inputIsOver = () => openInputs.delete(input);
      openInputs.add(input);
      collect(items, () => job.isOver)
        .then((values) => failing(job, () => submitChunks(job, maker, call, definition, values)))
        .catch((error) => job.fail(error))
        .finally(inputIsOver);
      job.result.promise.catch(inputIsOver);
    }
  });
}

function submitChunks(
  job: Job<Values>,
  maker: TaskMaker,
  { kind, chunksize, processes }: MapCall,
  definition: FunctionDefinition,
  items: Values,
): void {
  const { length } = items;
  const bounds = chunkBounds(length, chunksize ?? defaultChunksize(length, processes));
  const results = (isTypedArray(items) ? typedArrayLike(items, length) : new Array(length)) as unknown[];
  let remaining = bounds.length;
  let failure: { error: unknown } | undefined;
  const chunkIsDone = () => {
    if (--remaining > 0) {
      return;
    }
    if (failure) {
      job.fail(failure.error);
    } else {
      job.succeed(results);
    }
  };
  if (remaining === 0) {
    job.succeed(results);
  }
  const payloads = bounds.map(([start, end]) =>
    toPayload(isTypedArray(items) ? items.subarray(start, end) : items.slice(start, end)),
  );
  bounds.forEach(([start], index) => {
    const task = maker.make(definition, kind, payloads[index] as Payload, {
      succeed(values) {
        place(values, results, start);
        chunkIsDone();
      },
      fail(error) {
        failure ??= { error };
        chunkIsDone();
      },
    });
    job.submit(task);
  });
}

function place(values: ArrayLike<unknown>, results: unknown[], start: number): void {
  if (isTypedArray(results)) {
    results.set(values as ArrayLike<never>, start);
  } else {
    for (let index = 0; index < values.length; index++) {
      results[start + index] = values[index];
    }
  }
}

async function collect<T>(items: AsyncIterable<T>, isEnough: () => boolean): Promise<T[]> {
  const values: T[] = [];
  for await (const item of items) {
    values.push(item);
    if (isEnough()) {
      break;
    }
  }
  return values;
}

function failing<T>(job: Job<T>, submit: () => void): void {
  try {
    submit();
  } catch (error) {
    job.fail(error);
  }
}
