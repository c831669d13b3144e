import assert from "node:assert/strict";
import { WorkerLostError, withPool } from "poolbook";

// Many tasks, and many kills among them. Prints a line of counts for each; a factor below 1 shortens both.

const factor = Number(process.env.SOAK_FACTOR ?? 1);
const mebibyte = 2 ** 20;

async function manyTasks(): Promise<string> {
  const count = 1_000_000 * factor;
  return withPool(2, async (pool) => {
    const square = (x: number) => x * x;
    let before = 0;
    for (let done = 0; done < count; done += 10_000) {
      const calls = Array.from(
        { length: 10_000 },
        (_, index) => pool.applyAsync(square, [done + index]).promise,
      );
      const values = await Promise.all(calls);
      assert.ok(values.every((value, index) => value === (done + index) ** 2));
      before ||= done >= count / 5 ? process.memoryUsage.rss() : 0;
    }
    const growth = Math.round((process.memoryUsage.rss() - before) / mebibyte);
    return `${count} right, the main process has grown by ${growth} MiB after the first fifth`;
  });
}

async function manyKills(): Promise<string> {
  const [count, kills] = [50_000 * factor, 1100 * factor];
  return withPool(2, async (pool) => {
    const every = Math.floor(count / kills);
    const task = (x: number, period: number) => (x % period === 7 ? process.kill(process.pid, "SIGKILL") : x);
    let [right, lost, before] = [0, 0, 0];
    for (let done = 0; done < count; done += 1000) {
      before ||= done >= count / 5 ? process.memoryUsage.rss() : 0;
      const calls = Array.from(
        { length: 1000 },
        (_, index) => pool.applyAsync(task, [done + index, every]).promise,
      );
      for (const [index, outcome] of (await Promise.allSettled(calls)).entries()) {
        const isDeadly = (done + index) % every === 7;
        assert.equal(outcome.status, isDeadly ? "rejected" : "fulfilled");
        assert.ok(
          outcome.status === "fulfilled"
            ? outcome.value === done + index
            : outcome.reason instanceof WorkerLostError,
        );
        lost += Number(isDeadly);
        right += Number(!isDeadly);
      }
    }
    const growth = Math.round((process.memoryUsage.rss() - before) / mebibyte);
    const resources = process.getActiveResourcesInfo().length;
    return `${right} right, ${lost} lost with the workers that they killed, none else; the main process has grown by ${growth} MiB after the first fifth, and holds ${resources} resources`;
  });
}

for (const [name, body] of Object.entries({ tasks: manyTasks, kills: manyKills })) {
  const start = performance.now();
  console.log(`${name}: ${await body()} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}
