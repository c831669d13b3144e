import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sleep, WorkerLostError, withPool } from "poolbook";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { ProcessMark } from "../../helpers/marked-processes.js";
import { startScript } from "../../helpers/script.js";
import { warmUp } from "../../helpers/warm-up.js";

process.env.POOLBOOK_CLUSTER_KEY = testKey;

describe("work on a cluster", { skip: noBroker }, () => {
  const mark = new ProcessMark();
  let broker: Broker;
  let agents: ClusterAgent[];
  before(async () => {
    broker = await Broker.start();
    const start = (name: string) =>
      ClusterAgent.start(broker.url, ["--processes", "2", "--name", name], mark.env);
    agents = await Promise.all([start("web1"), start("web2")]);
  });
  after(() => broker.stop());

  test("map of 10^6 numbers gives 10^6 results in their places", () =>
    withPool({ processes: 4, cluster: broker.url }, async (pool) => {
      const numbers = Array.from({ length: 1_000_000 }, (_, number) => number);
      const results = await pool.map((number: number) => number + 0.5, numbers);
      assert.equal(results.length, numbers.length);
      assert.ok(results.every((result, index) => result === index + 0.5));
    }));

  test("twenty short tasks are spread over all workers of both machines", () =>
    withPool({ processes: 4, cluster: broker.url }, async (pool) => {
      await warmUp(pool);
      const first = pool.tasks.length;
      await Promise.all(Array.from({ length: 20 }, () => pool.apply(() => sleep(0.05))));
      const records = pool.tasks.slice(first);
      assert.equal(records.length, 20);
      assert.equal(new Set(records.map(({ host, pid }) => `${host} ${pid}`)).size, 4);
      assert.deepEqual([...new Set(records.map(({ host }) => host))].sort(), ["web1", "web2"]);
    }));

  test("a function that is written in the call has captured the data of its call", () =>
    withPool({ processes: 4, cluster: broker.url }, async (pool) => {
      const values = [
        1,
        "two",
        { three: [3] },
        undefined,
        Number.NaN,
        "long ".repeat(1000),
        new Map([[7, 8n]]),
      ];
      const results = values.map((value, index) => pool.apply(() => [index, value]));
      assert.deepEqual(await Promise.all(results), [...values.entries()]);
    }));

  test("two programs at a time each hear their own tasks only", async () => {
    const names = ["one", "two"];
    const scripts = names.map((name) =>
      startScript("pool/cluster-talk.mjs", [name], { POOLBOOK_CLUSTER: broker.url }),
    );
    for (const [index, script] of scripts.entries()) {
      assert.equal((await script.ended).exitCode, 0, script.stderr);
      const numbers = Array.from({ length: 50 }, (_, number) => number);
      const lines = script.stdout.trim().split("\n");
      assert.equal(lines.pop(), `results ${numbers.map((number) => `${names[index]}${number}`).join()}`);
      assert.deepEqual(lines.sort(), numbers.map((number) => `${names[index]} ${number}`).sort());
    }
  });

  test("a worker whose process is killed loses its task, with host and signal, and is replaced", () =>
    withPool({ processes: 1, cluster: broker.url }, async (pool) => {
      const pid = await pool.apply(() => process.pid);
      await assert.rejects(
        pool.apply(() => process.kill(process.pid, "SIGKILL")),
        (error) =>
          error instanceof WorkerLostError &&
          error.signal === "SIGKILL" &&
          error.pid === pid &&
          /^web[12]$/.test(error.host ?? ""),
      );
      assert.notEqual(await pool.apply(() => process.pid), pid);
    }));

  test("nothing is left when the agents have ended: no process, and no key in the broker", async () => {
    assert.deepEqual(await Promise.all(agents.map((agent) => agent.end())), [0, 0]);
    assert.deepEqual(await mark.livingAfter(20), []);
    assert.deepEqual(await broker.lastingKeys(), []);
  });
});
