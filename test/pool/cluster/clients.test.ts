import assert from "node:assert/strict";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Pool, sleep, WorkerLostError, withPool } from "poolbook";
import { begunTasks } from "../../helpers/begun-tasks.js";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { startScript } from "../../helpers/script.js";
import { StoppingProxy } from "../../helpers/stopping-proxy.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

process.env.POOLBOOK_CLUSTER_KEY = testKey;

/** Milliseconds; short, so that the tests are. */
const lease = 2000;

const twoEnds = /(?:fallen silent.*){2}/s;

async function noted(file: string, number: number, seconds: number): Promise<number> {
  appendFileSync(file, `${number}\n`);
  await sleep(seconds);
  return number;
}

async function begun(file: string, count: number): Promise<void> {
  while (!existsSync(file) || begunTasks(file).length < count) {
    await delay(20);
  }
}

describe("pools of a cluster", { skip: noBroker }, () => {
  let broker: Broker;
  let agents: ClusterAgent[];
  before(async () => {
    broker = await Broker.start();
    const start = (name: string) => ClusterAgent.start(broker.url, ["--processes", "2", "--name", name]);
    agents = await Promise.all([start("web1"), start("web2")]);
  });
  after(async () => {
    await Promise.all(agents.map((agent) => agent.end()));
    assert.deepEqual(await broker.lastingKeys(), []);
    await broker.stop();
  });

  const log = () => agents.map((agent) => agent.log).join("");
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      await delay(20);
    }
  };

  test("one that is killed leaves no task that goes on or begins, and its workers are free again", async (t) => {
    const file = join(temporaryFolder(t), "begun");
    const script = startScript("pool/cluster-client.mjs", [file, String(lease)], { BROKER: broker.url });
    await begun(file, 2);
    script.child.kill("SIGKILL");
    await until(() => twoEnds.test(log()));
    await withPool({ processes: 4, cluster: { url: broker.url, lease } }, async (pool) => {
      await pool.map(() => sleep(0.2), [1, 2, 3, 4], { chunksize: 1 });
      await until(() => pool.pids.length === 4);
    });
    assert.equal(begunTasks(file).length, 2);
  });

  test("one that is cut off for long is told its tasks as lost; none of its queue begins before it is back", async (t) => {
    const file = join(temporaryFolder(t), "begun");
    const proxy = await StoppingProxy.start(broker.port);
    const pool = new Pool({ processes: 2, cluster: { url: proxy.url, lease } });
    t.after(async () => {
      await pool.terminate();
      proxy.end();
    });
    const silences = log().match(/fallen silent/g)?.length ?? 0;
    const results = [600, 600, 0, 0, 0].map((seconds, number) =>
      pool.applyAsync(noted, [file, number, seconds]),
    );
    await begun(file, 2);
    proxy.stop();
    for (const result of results.slice(0, 2)) {
      await assert.rejects(
        result.get(),
        (error) => error instanceof WorkerLostError && /^web[12]$/.test(error.host ?? ""),
      );
    }
    await until(() => (log().match(/fallen silent/g)?.length ?? 0) === silences + 2);
    assert.equal(begunTasks(file).length, 2);
    proxy.goOn();
    assert.deepEqual(await Promise.all(results.slice(2).map((result) => result.get())), [2, 3, 4]);
    assert.deepEqual(
      begunTasks(file).sort((a, b) => a - b),
      [0, 1, 2, 3, 4],
    );
  });

  test("one that computes without a pause for longer than a lease is alive", () =>
    withPool({ processes: 1, cluster: { url: broker.url, lease } }, async (pool) => {
      const first = pool.applyAsync(() => sleep(0.1).then(() => process.pid));
      const pid = await first.get();
      const next = pool.applyAsync(() => sleep(1).then(() => process.pid));
      const end = performance.now() + 2.5 * lease;
      while (performance.now() < end) {
        // Nothing else can happen in this thread.
      }
      assert.equal(await next.get(), pid);
      assert.equal(await pool.apply(() => process.pid), pid);
    }));

  test("two share the workers, each gets its own results, and a third one what they give back", async () => {
    const make = (processes: number) => new Pool({ processes, cluster: broker.url });
    const pools = [make(2), make(2)];
    const square = (name: string, x: number) => `${name}${x * x}`;
    const numbers = Array.from({ length: 200 }, (_, x) => x);
    const work = (pool: Pool, name: string) => Promise.all(numbers.map((x) => pool.apply(square, [name, x])));
    const wanted = (name: string) => numbers.map((x) => square(name, x));
    await until(() => pools.every((pool) => pool.pids.length === 2));
    const third = make(4);
    const thirdWork = work(third, "c");
    const results = await Promise.all(pools.map((pool, index) => work(pool, "ab"[index] ?? "")));
    assert.deepEqual(results, [wanted("a"), wanted("b")]);
    assert.deepEqual(third.pids, []);
    await pools[0]?.terminate();
    assert.deepEqual(await thirdWork, wanted("c"));
    await Promise.all([pools[1]?.terminate(), third.terminate()]);
  });

  test("10,000 tasks in flight give 10,000 right results and as many records", () =>
    withPool({ processes: 4, cluster: broker.url }, async (pool) => {
      const numbers = Array.from({ length: 10_000 }, (_, x) => x);
      const results = await Promise.all(numbers.map((x) => pool.apply((y: number) => y * y, [x])));
      assert.deepEqual(
        results,
        numbers.map((x) => x * x),
      );
      assert.equal(pool.tasks.filter(({ outcome }) => outcome === "succeeded").length, 10_000);
    }));

  test("20,000 lines of two tasks come in order, and before the results", async () => {
    const script = startScript("pool/many-lines.mjs", [], { POOLBOOK_CLUSTER: broker.url });
    assert.equal((await script.ended).exitCode, 0, script.stderr);
    const lines = script.stdout.trim().split("\n");
    for (const name of ["a", "b"]) {
      const own = lines.filter((line) => line.startsWith(name));
      assert.deepEqual(
        own,
        Array.from({ length: 10_001 }, (_, line) => `${name} ${line}`),
      );
    }
  });
});
