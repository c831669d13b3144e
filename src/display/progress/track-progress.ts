import { type ProgressBarOptions, type ProgressBarTraits, progressBar } from "../widgets/controls/numbers.js";
import type { Widget } from "../widgets/widget-types.js";
import { type Meter, openMeter } from "./meter.js";

export interface ProgressOptions {
  /** The number of things to come. Default: the `length` or `size` of what they come from, where it has one. */
  readonly total?: number;
  /** Stands before the bar. */
  readonly description?: string;
}

/** The result of tasks, as `mapAsync` gives it. */
export interface TasksResult<T> {
  readonly promise: Promise<T>;
  /** The tasks that have ended, of all. */
  readonly tasks: { readonly ended: number; readonly total: number };
}

const pollTime = 100;

/**
 * Shows how far an iteration is: as a bar where a person looks at the notebook, as text elsewhere. It gives the same
 * things as what it is given: `for (const x of progress(list))`, `for await (const y of progress(pool.imap(f, list)))`,
 * `await progress(pool.mapAsync(f, list))`, which counts tasks; after tqdm.
 *
 * With options alone it is ipywidgets' progress bar, a widget: `progress({ value: 3, max: 10 })`.
 */
export function progress<T>(result: TasksResult<T>, options?: ProgressOptions): Promise<T>;
export function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncIterableIterator<T>;
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): IterableIterator<T>;
export function progress(options?: ProgressBarOptions): Widget<ProgressBarTraits>;
export function progress(
  source: TasksResult<unknown> | AsyncIterable<unknown> | Iterable<unknown> | ProgressBarOptions = {},
  options: ProgressOptions = {},
): unknown {
  if (typeof source === "object" && Symbol.asyncIterator in source) {
    return counted(source, openMeter(totalOf(source, options), options.description));
  }
  if (isIterable(source)) {
    return countedSync(source, openMeter(totalOf(source, options), options.description));
  }
  return "promise" in source ? untilEnded(source, options) : progressBar(source);
}

function isIterable(source: object | string): source is Iterable<unknown> {
  return typeof source === "string" || Symbol.iterator in source;
}

function totalOf(source: object | string, { total }: ProgressOptions): number | undefined {
  if (total !== undefined) {
    return total;
  }
  const { length, size } = Object(source) as { length?: unknown; size?: unknown };
  return [length, size].find((count) => typeof count === "number");
}

function* countedSync<T>(items: Iterable<T>, meter: Meter): IterableIterator<T> {
  let isDone = false;
  try {
    for (const item of items) {
      yield item;
      meter.step();
    }
    isDone = true;
  } finally {
    meter.end(isDone);
  }
}

async function* counted<T>(items: AsyncIterable<T>, meter: Meter): AsyncIterableIterator<T> {
  let isDone = false;
  try {
    for await (const item of items) {
      yield item;
      meter.step();
    }
    isDone = true;
  } finally {
    meter.end(isDone);
  }
}

async function untilEnded<T>(result: TasksResult<T>, { description, total }: ProgressOptions): Promise<T> {
  const meter = openMeter(total ?? result.tasks.total, description);
  const look = () => meter.moveTo(result.tasks.ended, result.tasks.total);
  const timer = setInterval(look, pollTime);
  let isDone = false;
  try {
    const value = await result.promise;
    isDone = true;
    return value;
  } finally {
    clearInterval(timer);
    look();
    meter.end(isDone);
  }
}
