import { median } from "../targets.js";

/* The work of the benchmarks: what the workers of every pool run. */

export const workers = 2;
export const mebibyte = 2 ** 20;

export const noop = () => undefined;
export const square = (x: number) => x * x;
export const echo = <T>(value: T) => value;
export const nap = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Names the worker. It takes a moment, so that one worker cannot give both answers while the other one starts. */
export const answer = () => {
  const { threadId } = process.getBuiltinModule("node:worker_threads");
  return new Promise<string>((resolve) => setTimeout(resolve, 2, `${process.pid} ${threadId}`));
};

export function countPrimes(limit: number): number {
  let count = 0;
  for (let candidate = 2; candidate < limit; candidate++) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) {
      divisor++;
    }
    if (divisor * divisor > candidate) {
      count++;
    }
  }
  return count;
}

/** Median milliseconds of calls awaited one after another. */
export async function medianOf(count: number, call: () => PromiseLike<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    times.push(await timed(call));
  }
  return median(times);
}

export async function timed(run: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Gives `ask`, which has a worker run `answer`, as many calls at once as there are workers, until each has answered. */
export async function bothAnswer(ask: () => Promise<unknown>): Promise<void> {
  const names = new Set<unknown>();
  while (names.size < workers) {
    for (const name of await Promise.all(range(workers).map(ask))) {
      names.add(name);
    }
  }
}

export const range = (count: number) => Array.from({ length: count }, (_, index) => index);
