import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Pool, WorkerLostError, withPool } from "poolbook";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { startScript } from "../../helpers/script.js";

process.env.POOLBOOK_CLUSTER_KEY = testKey;

describe("a pool whose workers are leased", { skip: noBroker }, () => {
  let broker: Broker;
  let agent: ClusterAgent;

  before(async () => {
    broker = await Broker.start();
    agent = await ClusterAgent.start(broker.url, ["--processes", "2", "--name", "web1"]);
  });

  after(async () => {
    await agent.end();
    await broker.stop();
  });

  const leased = () => ({ processes: 2, cluster: broker.url });

  test("gives the results of a local one, and tells the machine in its records", () =>
    withPool(leased(), async (pool) => {
      const factor = 3;
      assert.deepEqual(await pool.map((x: number) => x * factor, [1, 2, 3]), [3, 6, 9]);
      assert.equal(await pool.apply(() => process.env.POOLBOOK_CLUSTER_KEY), undefined);
      assert.equal(
        pool.tasks.every(({ host, pid }) => host === "web1" && pid !== process.pid),
        true,
      );
      assert.equal(
        pool.tasks.every(
          ({ submitted, started = 0, ended = 0 }) =>
            submitted <= started && started <= ended && ended <= Date.now() + 1,
        ),
        true,
      );
    }));

  test("shows what tasks print before their results, in order, to the scripts that are used to it", async () => {
    for (const fixture of ["pool/output.mjs", "pool/attributed-output.mjs"]) {
      const local = startScript(fixture);
      await local.ended;
      const script = startScript(fixture, [], { POOLBOOK_CLUSTER: broker.url });
      assert.equal((await script.ended).exitCode, 0, script.stderr);
      const sorted = ({ stdout }: { stdout: string }) => stdout.split("\n").sort();
      assert.deepEqual(sorted(script), sorted(local));
      assert.equal(script.stderr, local.stderr);
    }
  });

  test("loses the task of a worker that dies, with its machine, and replaces it", () =>
    withPool(leased(), async (pool) => {
      await assert.rejects(
        pool.apply(() => process.exit(3)),
        (error) => error instanceof WorkerLostError && error.host === "web1" && error.exitCode === 3,
      );
      assert.deepEqual(await pool.map((x: number) => x + 1, [1, 2, 3, 4]), [2, 3, 4, 5]);
    }));

  test("closes and joins when no agent has taken its request", async () => {
    const first = new Pool(leased());
    while (first.pids.length < 2) {
      await delay(20);
    }
    const second = new Pool(leased());
    assert.deepEqual(await first.map((x: number) => x, [1, 2]), [1, 2]);
    for (const pool of [first, second]) {
      pool.close();
      await pool.join();
    }
    assert.deepEqual(second.tasks, []);
  });
});

test("a script that forgets its leased pool ends by itself", { skip: noBroker }, async (t) => {
  const broker = await Broker.start();
  // Workers of a script that has ended are free again after a lease.
  const agent = await ClusterAgent.start(broker.url, ["--processes", "6"]);
  t.after(async () => {
    await agent.end("SIGKILL");
    await broker.stop();
  });
  for (const [mode, output] of [
    ["", ""],
    ["idle", ""],
    ["waiting", "result 42\n"],
  ] as const) {
    const script = startScript("pool/forgotten-pool.mjs", [mode], { POOLBOOK_CLUSTER: broker.url });
    assert.equal((await script.ended).exitCode, 0, script.stderr);
    assert.equal(script.stdout, `pids \n${output}`);
  }
});
