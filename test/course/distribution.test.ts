import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sleep, type TaskRecord, warmUp, withPool } from "poolbook";

// Times come from two processes and their messages, so that two ends this close may be told in either order.
const tolerance = 60;

const lists = Array.from({ length: 6 }, (_, index) => ({
  workers: index + 1,
  durations: Array.from({ length: 6 + 2 * index }, () => 0.05 + 0.05 * Math.floor(Math.random() * 7)),
}));

/** All pools run at the same time: tasks that sleep need no cores. */
const runs = Promise.all(
  lists.map(({ workers, durations }) =>
    withPool(workers, async (pool) => {
      await warmUp(pool);
      const futures = durations.map((duration) => pool.applyAsync(sleep, [duration]));
      await Promise.all(futures.map((future) => future.get()));
      return pool.tasks.slice(-durations.length);
    }),
  ),
);

describe("how calls are distributed", () => {
  lists.forEach(({ workers, durations }, index) => {
    const name = `${durations.map((duration) => Math.round(duration * 1000)).join(", ")} ms on ${workers} workers`;

    test(`${name}: tasks are started in the order of submission`, async () => {
      const started = ((await runs)[index] ?? []).map((task) => task.started ?? Number.NaN);
      for (let task = 1; task < started.length; task++) {
        assert.ok((started[task] ?? 0) >= (started[task - 1] ?? 0) - tolerance, `task ${task} overtook`);
      }
    });

    test(`${name}: the worker that is free first takes the next call, and none is idle while a call waits`, async () => {
      const free = new Map<number, number>();
      for (let worker = 1; worker <= workers; worker++) free.set(worker, 0);
      for (const { worker = 0, started = 0, ended = 0, submitted } of (await runs)[index] ?? []) {
        const since = free.get(worker) ?? Number.NaN;
        assert.ok(
          since <= Math.min(...free.values()) + tolerance || since <= submitted,
          `worker ${worker} was not the first`,
        );
        const ready = Math.max(submitted, since);
        assert.ok(started - ready < 1000, `worker ${worker} was idle for ${started - ready} ms`);
        free.set(worker, ended);
      }
    });

    test(`${name}: no worker runs two tasks at a time`, async () => {
      for (const tasks of byWorker((await runs)[index] ?? [])) {
        for (const [position, task] of tasks.entries()) {
          const before = tasks[position - 1];
          assert.ok((task.started ?? 0) >= (before?.ended ?? 0));
        }
      }
    });
  });
});

function byWorker(tasks: TaskRecord[]): TaskRecord[][] {
  const workers = [...new Set(tasks.map(({ worker }) => worker))];
  return workers.map((worker) => tasks.filter((task) => task.worker === worker));
}
