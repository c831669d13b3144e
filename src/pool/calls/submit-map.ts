import type { AnyFunction } from "../function-types.js";
import type { FunctionDefinition } from "../functions/definition.js";
import { isTypedArray, type Values } from "../wire/typed-array.cjs";
import { chunkBounds, defaultChunksize } from "./chunks.js";
import { type Items, isSync } from "./items.js";
import type { Job } from "./job.js";
import type { OpenInputs } from "./open-inputs.js";
import { MapResults } from "./results/map-results.js";
import { SettledResults } from "./results/settled-results.js";
import type { TaskMaker } from "./task-maker.js";

export interface MapCall {
  readonly fn: AnyFunction;
  /** The outcome of each item is what a settled map gives. */
  readonly kind: "map" | "starmap" | "settled";
  readonly items: Items<unknown>;
  readonly chunksize: number | undefined;
  readonly processes: number;
}

interface DefinedCall extends MapCall {
  readonly definition: FunctionDefinition;
}

/** Submits all chunks of a map; fails with the first error to arrive, but not before every chunk is done. */
export function submitMap<T>(job: Job<T>, maker: TaskMaker, openInputs: OpenInputs, call: MapCall): void {
  job.try(() => {
    const defined = { ...call, definition: maker.define(call.fn) };
    const { items } = call;
    if (isSync(items)) {
      submitChunks(job, maker, defined, isTypedArray(items) && call.kind !== "settled" ? items : [...items]);
      return;
    }
    const input = { readAll() {}, stop: (error: unknown) => job.fail(error) };
    const inputIsOver = () => openInputs.delete(input);
    openInputs.add(input);
    collect(items, () => job.isOver)
      .then((values) => job.try(() => submitChunks(job, maker, defined, values)))
      .catch((error) => job.fail(error))
      .finally(inputIsOver);
    job.promise.catch(inputIsOver);
  });
}

function submitChunks<T>(job: Job<T>, maker: TaskMaker, call: DefinedCall, items: Values): void {
  const { definition, kind, chunksize, processes } = call;
  const { length } = items;
  const bounds = chunkBounds(length, chunksize ?? defaultChunksize(length, processes));
  const Results = kind === "settled" ? SettledResults : MapResults;
  const results = new Results(job, items, bounds.length);
  // All of them are packed before the first one is sent.
  const chunks = bounds.map(([start, end]) => ({
    start,
    values: maker.pack(isTypedArray(items) ? items.subarray(start, end) : items.slice(start, end)),
  }));
  for (const { start, values } of chunks) {
    job.submit(
      maker.make({ definition, kind: kind === "settled" ? "map" : kind, values }, results.from(start)),
    );
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
