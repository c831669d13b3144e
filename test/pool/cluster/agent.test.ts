import assert from "node:assert/strict";
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Pool, sleep, WorkerLostError, withPool } from "poolbook";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { poolbook } from "../../helpers/poolbook.js";
import { startScript } from "../../helpers/script.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

process.env.POOLBOOK_CLUSTER_KEY = testKey;

/** A task that says that it has begun, and ends when a file is there. */
async function waiting(folder: string): Promise<string> {
  appendFileSync(`${folder}/begun`, ".");
  while (!existsSync(`${folder}/go`)) {
    await sleep(0.02);
  }
  return "finished";
}

describe("an agent", { skip: noBroker }, () => {
  let broker: Broker;
  before(async () => {
    broker = await Broker.start();
  });
  after(() => broker.stop());

  /** An agent whose only worker is busy with the first of two tasks. */
  async function busy(t: TestContext) {
    const folder = temporaryFolder(t);
    const agent = await ClusterAgent.start(broker.url, ["--processes", "1", "--name", "web1"]);
    const pool = new Pool({ processes: 1, cluster: broker.url });
    const results = [pool.applyAsync(waiting, [folder]), pool.applyAsync(() => "next")] as const;
    while (!existsSync(join(folder, "begun"))) {
      await delay(20);
    }
    t.after(async () => {
      await pool.terminate();
      await agent.end("SIGKILL");
    });
    return { agent, pool, results, finish: () => writeFileSync(join(folder, "go"), "") };
  }

  test("that is told to end finishes what runs, and leaves the rest to others", async (t) => {
    const { agent, pool, results, finish } = await busy(t);
    const code = agent.end();
    await agent.until(/takes no more workers/);
    finish();
    assert.equal(await results[0].get(), "finished");
    assert.equal(await code, 0);
    const other = await ClusterAgent.start(broker.url, ["--processes", "1", "--name", "web2"]);
    assert.equal(await results[1].get(), "next");
    assert.deepEqual(
      pool.tasks.map(({ host }) => host),
      ["web1", "web2"],
    );
    await pool.terminate();
    await other.end();
  });

  test("that is told twice ends at once, and what ran is lost", async (t) => {
    const { agent, results } = await busy(t);
    const code = agent.end();
    await agent.until(/a second signal ends them/);
    agent.child.kill("SIGTERM");
    await assert.rejects(
      results[0].get(),
      (error) => error instanceof WorkerLostError && error.host === "web1",
    );
    assert.equal(await code, 0);
  });

  test("limits the memory of each worker", async () => {
    const agent = await ClusterAgent.start(broker.url, ["--processes", "1", "--max-memory", "120"]);
    await withPool({ processes: 1, cluster: broker.url }, async (pool) => {
      const hoard = (): Promise<never> => {
        const kept: Buffer[] = [];
        return new Promise(() => setInterval(() => kept.push(Buffer.alloc(2 ** 20, 1)), 0));
      };
      await assert.rejects(pool.apply(hoard), (error: Error) => {
        assert.ok(error instanceof WorkerLostError);
        assert.match(String(error.cause), /took more memory than its `maxMemory` of 120 MiB/);
        return true;
      });
      assert.equal(await pool.apply(() => "replaced"), "replaced");
    });
    await agent.end();
  });

  test("does not run as root unless told", async () => {
    const { code, stderr } = await poolbook(["worker", "--connect", broker.url]);
    const isRoot = process.getuid?.() === 0;
    // Nobody else is stopped by it; a broker that lets nobody in stops the agent of others.
    assert.ok(!isRoot || (code === 2 && /so not as root; use another user, or --allow-root/.test(stderr)));
  });
});

test("a pool loads bullmq and ioredis for a cluster only, and says what to install where they are missing", async () => {
  const script = (option: string, env: NodeJS.ProcessEnv) =>
    startScript("pool/one-task.mjs", [], { POOLBOOK_CLUSTER: "", ...env }, [option]);
  const noting = `--import=${new URL("../../../../test/fixtures/pool/noted-loads.mjs", import.meta.url)}`;
  const local = script(noting, {});
  await local.ended;
  assert.deepEqual([local.stdout, local.stderr], ["done\n", ""]);
  const leased = script(noting, { POOLBOOK_CLUSTER: "redis://127.0.0.1:1" });
  while (!/loads bullmq/.test(leased.stderr)) {
    await delay(20);
  }
  leased.child.kill("SIGKILL");
  const without = `--require=${new URL("../../../../test/fixtures/pool/without-peers.cjs", import.meta.url).pathname}`;
  const missing = script(without, { POOLBOOK_CLUSTER: "redis://127.0.0.1:1" });
  assert.equal((await missing.ended).exitCode, 0, missing.stderr);
  assert.equal(
    missing.stdout,
    "Error: Clusters need the packages bullmq and ioredis: run `npm install bullmq ioredis`\n",
  );
});
