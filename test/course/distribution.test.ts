import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sleep, type TaskRecord, warmUp, withPool } from "poolbook";

const lists = Array.from({ length: 6 }, (_, index) => ({
  workers: index + 1,
  durations: Array.from({ length: 6 + 2 * index }, () => 0.05 + 0.05 * Math.floor(Math.random() * 7)),
}));

/** What the pools tell of their tasks, in order. All pools run at the same time: tasks that sleep need no cores. */
const runs = Promise.all(lists.map(({ workers, durations }) => eventsOf(workers, durations)));

async function eventsOf(processes: number, durations: number[]): Promise<TaskRecord[]> {
  const events: TaskRecord[] = [];
  const options = { processes, onTask: (record: TaskRecord) => events.push(record) };
  return await withPool(options, async (pool) => {
    await warmUp(pool);
    const before = events.length;
    const futures = durations.map((duration) => pool.applyAsync(sleep, [duration]));
    await Promise.all(futures.map((future) => future.get()));
    return events.slice(before);
  });
}

describe("how calls are distributed", () => {
  lists.forEach(({ workers, durations }, index) => {
    const name = `${durations.map((duration) => Math.round(duration * 1000)).join(", ")} ms on ${workers} workers`;

    test(`${name}: tasks are started in the order of submission`, async () => {
      const started = ((await runs)[index] ?? []).filter(({ outcome }) => outcome === "running");
      const numbers = started.map(({ number }) => number);
      assert.equal(numbers.length, durations.length);
      assert.deepEqual(
        numbers,
        numbers.map((_, position) => (numbers[0] ?? 0) + position),
      );
    });

    test(`${name}: a free worker takes the next call at once, and none is idle while a call waits`, async () => {
      let queued = 0;
      const busy = new Set<number>();
      for (const { outcome, worker = 0 } of (await runs)[index] ?? []) {
        const mustStart = queued > 0 && busy.size < workers;
        if (outcome === "queued") {
          assert.equal(mustStart, false, "a call waited beside an idle worker");
          queued++;
        } else if (outcome === "running") {
          assert.ok(!busy.has(worker), `worker ${worker} was given a second task`);
          busy.add(worker);
          queued--;
        } else {
          assert.equal(outcome, "succeeded");
          assert.equal(mustStart, false, "a call waited beside an idle worker");
          busy.delete(worker);
        }
      }
      assert.equal(queued, 0);
      assert.equal(busy.size, 0);
    });
  });
});
