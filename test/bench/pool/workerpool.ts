import workerpool from "workerpool";
import type { Contender } from "./contender.js";
import {
  answer,
  bothAnswer,
  countPrimes,
  echo,
  mebibyte,
  medianOf,
  nap,
  noop,
  range,
  timed,
  workers,
} from "./tasks.js";

/** workerpool itself, offloading functions to child processes, with either way of cloning. */
export function rawWorkerpool(name: string, serialization: "json" | "advanced"): Contender {
  let pool: ReturnType<typeof workerpool.pool>;
  const run = (fn: (...args: never[]) => unknown, args: unknown[] = []) =>
    new Promise<unknown>((resolve, reject) => {
      pool.exec(fn as never, args as never).then(resolve, reject);
    });
  return {
    name,
    async start() {
      pool = workerpool.pool({
        workerType: "process",
        minWorkers: workers,
        maxWorkers: workers,
        forkOpts: { serialization },
      });
      await bothAnswer(() => run(answer));
    },
    async stop() {
      await pool.terminate(true);
    },
    roundTrip: (count) => medianOf(count, () => run(noop)),
    inFlight: (count) => timed(() => Promise.all(range(count).map(() => run(noop)))),
    inFlightInline: (count) =>
      timed(() => Promise.all(range(count).map((i) => run((x: number) => x + 1, [i])))),
    mapPrimes: (count, limit) => timed(() => Promise.all(range(count).map(() => run(countPrimes, [limit])))),
    echoBytes:
      serialization === "json"
        ? undefined
        : (count) => {
            const bytes = new Uint8Array(mebibyte);
            return medianOf(count, () => run(echo, [bytes]));
          },
    twoNaps: () => timed(() => Promise.all([run(nap, [1000]), run(nap, [1000])])),
  };
}

/**
 * A workerpool for each worker, asked in turn, as a pool has to that gives its tasks to the worker that has been idle
 * longest: each finds its processor's caches cold.
 */
export function workerpoolInTurn(name: string): Contender {
  let pools: ReturnType<typeof workerpool.pool>[];
  let count = 0;
  const run = () =>
    new Promise<unknown>((resolve, reject) => {
      pools[count++ % workers]?.exec(noop).then(resolve, reject);
    });
  return {
    name,
    async start() {
      pools = range(workers).map(() =>
        workerpool.pool({ workerType: "process", minWorkers: 1, maxWorkers: 1 }),
      );
      await Promise.all(pools.map((pool) => pool.exec(noop)));
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.terminate(true)));
    },
    roundTrip: (count) => medianOf(count, run),
  };
}
