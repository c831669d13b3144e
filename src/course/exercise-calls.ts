import type { AsyncResult } from "../pool/calls/async-result.js";
import { sleep } from "../pool/current-process.cjs";
import type { Pool } from "../pool/pool.js";
import { withPool } from "../pool/with-pool.js";
import { timeline } from "./timeline/timeline.js";
import { warmUp } from "./warm-up.js";

export async function slowSum(seconds: number, x: number, y: number): Promise<number> {
  await sleep(seconds);
  return x + y;
}

export async function slowDiff(seconds: number, x: number, y: number): Promise<number> {
  await sleep(seconds);
  return x - y;
}

export async function brokenFunction(seconds: number): Promise<number> {
  await sleep(seconds);
  throw Object.assign(new Error("Called broken function"), { name: "ValueError" });
}

const calls = [
  (pool: Pool) => pool.applyAsync(slowSum, [3, 6, 7]),
  (pool: Pool) => pool.applyAsync(slowDiff, [2, 5, 2]),
  (pool: Pool) => pool.applyAsync(slowSum, [1, 8, 1]),
  (pool: Pool) => pool.applyAsync(slowDiff, [5, 9, 2]),
  (pool: Pool) => pool.applyAsync(brokenFunction, [4]),
];

/** Submits so many calls, the five above over and over again, prints how each of them went, and who ran it. */
export async function runCalls(workers: number, tasks: number): Promise<void> {
  await withPool(workers, async (pool) => {
    await warmUp(pool);
    const futures = Array.from({ length: tasks }, (_, task) => calls[task % calls.length]?.(pool));
    for (const [task, future] of futures.entries()) {
      console.log(`Task ${task}: ${await describe(future)}`);
    }
    console.log(`\n${timeline(pool.tasks.slice(-tasks), { workers })}`);
  });
}

async function describe(future: AsyncResult<number> | undefined): Promise<string> {
  try {
    return `the result is ${await future?.get()}`;
  } catch (error) {
    return `failed with ${error}`;
  }
}
