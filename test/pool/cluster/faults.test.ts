import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Pool, sleep, WorkerLostError } from "poolbook";
import { areDistinct, begunTasks } from "../../helpers/begun-tasks.js";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { StoppingProxy } from "../../helpers/stopping-proxy.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";
import { warmUp } from "../../helpers/warm-up.js";

process.env.POOLBOOK_CLUSTER_KEY = testKey;

/** Milliseconds; short, so that the tests are. */
const lease = 3000;

/** Milliseconds, of which a moment's fault is a small part, whatever else the machine has to do. */
const longLease = 12_000;
const moment = 1000;

/** A task that leaves its number in a file as it begins. */
async function noted(file: string, number: number, seconds: number): Promise<number> {
  appendFileSync(file, `${number}\n`);
  await sleep(seconds);
  return number;
}

/** A task that writes the time to a file, without end. */
function tick(file: string): number {
  for (;;) {
    writeFileSync(file, String(Date.now()));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

/** Ends of the tasks: their numbers, "lost", or what else they rejected with. */
async function outcomes(results: readonly Promise<number>[]): Promise<(number | string)[]> {
  const settled = await Promise.allSettled(results);
  return settled.map((end) => {
    if (end.status === "fulfilled") {
      return end.value;
    }
    return end.reason instanceof WorkerLostError ? "lost" : String(end.reason);
  });
}

describe("a cluster in trouble", { skip: noBroker }, () => {
  let broker: Broker;
  before(async () => {
    broker = await Broker.start();
  });
  after(() => broker.stop());

  /** Agents of two workers each, and a pool of all of them, as far as the URLs lead. */
  async function cluster(
    test: TestContext,
    agentUrls: string[],
    { url = broker.url, lease: given = lease } = {},
  ) {
    const agents = await Promise.all(
      agentUrls.map((url, index) =>
        ClusterAgent.start(url, ["--processes", "2", "--name", `web${index + 1}`]),
      ),
    );
    const pool = new Pool({ processes: 2 * agentUrls.length, cluster: { url, lease: given } });
    test.after(async () => {
      await pool.terminate();
      await Promise.all(agents.map((agent) => agent.end()));
      assert.deepEqual(await broker.lastingKeys(), []);
    });
    await warmUp(pool);
    return { agents, pool, file: join(temporaryFolder(test), "begun") };
  }

  const submit = (pool: Pool, file: string, count: number, seconds: number) =>
    Array.from({ length: count }, (_, number) => pool.apply(noted, [file, number, seconds]));

  async function begun(file: string, count: number): Promise<void> {
    for (;;) {
      try {
        if (begunTasks(file).length >= count) {
          return;
        }
      } catch {
        // Nothing has begun.
      }
      await delay(20);
    }
  }

  test("an agent that is killed loses the tasks that ran there, and no others", async (t) => {
    const { agents, pool, file } = await cluster(t, [broker.url, broker.url]);
    const outcome = outcomes(submit(pool, file, 20, 0.4));
    await begun(file, 6);
    await agents[0]?.end("SIGKILL");
    const ends = await outcome;
    assert.equal(ends.filter((end) => end === "lost").length, 2);
    assert.equal(ends.filter((end) => typeof end === "number").length, 18);
    const done = ends.filter((end) => typeof end === "number");
    assert.ok(done.every((number) => begunTasks(file).includes(number)));
    assert.ok(areDistinct(begunTasks(file)));
    const lost = pool.tasks.filter(({ outcome }) => outcome === "lost");
    assert.deepEqual(
      lost.map(({ host }) => host),
      ["web1", "web1"],
    );
  });

  test("so does the last agent, and a new one does the rest", async (t) => {
    const { agents, pool, file } = await cluster(t, [broker.url]);
    const outcome = outcomes(submit(pool, file, 6, 0.4));
    await begun(file, 2);
    await agents[0]?.end("SIGKILL");
    const late = await ClusterAgent.start(broker.url, ["--processes", "2"]);
    const ends = await outcome;
    assert.equal(ends.filter((end) => end === "lost").length, 2);
    assert.equal(ends.filter((end) => typeof end === "number").length, 4);
    assert.ok(areDistinct(begunTasks(file)));
    await pool.terminate();
    await late.end();
  });

  test("a broker that is killed and comes back after a second is not noticed", async (t) => {
    const { pool, file } = await cluster(t, [broker.url, broker.url], { lease: longLease });
    const results = submit(pool, file, 400, 0.01);
    await begun(file, 50);
    await broker.kill();
    await delay(moment);
    await broker.restart();
    assert.deepEqual(
      await outcomes(results),
      Array.from({ length: 400 }, (_, number) => number),
    );
    assert.equal(begunTasks(file).length, 400);
    assert.ok(areDistinct(begunTasks(file)));
  });

  test("a broker that stays away for long loses what ran; what was queued runs when it is back", async (t) => {
    const { pool, file } = await cluster(t, [broker.url]);
    const ends = outcomes(submit(pool, file, 6, (2 * lease) / 1000));
    await begun(file, 2);
    await broker.kill();
    await delay(2 * lease);
    await broker.restart();
    assert.deepEqual(await ends, ["lost", "lost", 2, 3, 4, 5]);
    assert.ok(areDistinct(begunTasks(file)));
  });

  for (const link of ["agent", "pool"] as const) {
    test(`a link of the ${link} that is cut for a moment is not noticed`, async (t) => {
      const proxy = await StoppingProxy.start(broker.port);
      const { pool, file } = await (link === "agent"
        ? cluster(t, [proxy.url, broker.url], { lease: longLease })
        : cluster(t, [broker.url, broker.url], { url: proxy.url, lease: longLease }));
      t.after(() => proxy.end());
      const results = submit(pool, file, 60, 0.1);
      await begun(file, 8);
      proxy.stop();
      await delay(moment);
      proxy.goOn();
      assert.deepEqual(
        await outcomes(results),
        Array.from({ length: 60 }, (_, number) => number),
      );
      assert.ok(areDistinct(begunTasks(file)));
    });
  }

  test("an agent that is cut off for long has ended its workers before they are reported lost", async (t) => {
    const proxy = await StoppingProxy.start(broker.port);
    const { pool, file } = await cluster(t, [proxy.url, broker.url]);
    t.after(() => proxy.end());
    const first = pool.tasks.length;
    const ticks = [0, 1, 2, 3].map((number) => pool.applyAsync(tick, [`${file}-${number}`]));
    const ends = outcomes(ticks.map(({ promise }) => promise));
    while (![0, 1, 2, 3].every((number) => existsSync(`${file}-${number}`))) {
      await delay(20);
    }
    proxy.stop();
    while (pool.tasks.filter(({ outcome }) => outcome === "lost").length < 2) {
      await delay(50);
    }
    proxy.goOn();
    for (const [index, { outcome, host, ended = 0 }] of pool.tasks.slice(first).entries()) {
      const last = Number(readFileSync(`${file}-${index}`, "utf8"));
      assert.equal(outcome, host === "web1" ? "lost" : "running");
      assert.ok(outcome === "running" || last < ended, `${last} ${ended}`);
    }
    for (const result of ticks) {
      result.cancel();
    }
    assert.equal((await ends).filter((end) => end === "lost").length, 2);
    const hosts = new Set<string | undefined>();
    while (hosts.size < 2) {
      await pool.map(() => sleep(0.05), [1, 2, 3, 4], { chunksize: 1 });
      hosts.add(pool.tasks.at(-1)?.host).add(pool.tasks.at(-2)?.host).add(pool.tasks.at(-3)?.host);
    }
  });
});
