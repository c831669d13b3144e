// node workers.mjs WORKERS: five calls on so many workers.

import { sleep, withPool } from "poolbook";

async function slowSum(seconds, x, y) {
  await sleep(seconds);
  return x + y;
}

const workers = Number(process.argv[2]);
if (!Number.isInteger(workers) || workers < 1) {
  console.error(`Expected the number of workers, a whole number from 1, got ${process.argv[2]}`);
  process.exit(2);
}

await withPool(workers, async (pool) => {
  const futures = [0.3, 0.2, 0.1, 0.5, 0.4].map((seconds) => pool.applyAsync(slowSum, [seconds, 6, 7]));
  for (const [task, future] of futures.entries()) {
    console.log(`Task ${task}: the result is ${await future.get()}`);
  }
  for (const { number, worker, name } of pool.tasks) {
    console.log(`Worker ${worker} ran call ${number}, ${name}`);
  }
});
