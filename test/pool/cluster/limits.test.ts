import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { BrokenPoolError, currentProcess, Pool, sleep, withPool } from "poolbook";
import { agentKey, prefix, protocol, refusalOf, slotQueue } from "#dist/pool/cluster/protocol/names.js";
import { signRequest } from "#dist/pool/cluster/protocol/request.js";
import { mismatch, ownVersions } from "#dist/pool/cluster/protocol/versions.js";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";
import { warmUp } from "../../helpers/warm-up.js";

process.env.POOLBOOK_CLUSTER_KEY = testKey;

/** Asserts that a pool breaks, with that in its message. */
async function assertBreaks(pool: Pool, message: RegExp): Promise<void> {
  await assert.rejects(
    pool.apply(() => 1),
    (error: Error) => error instanceof BrokenPoolError && message.test(error.message),
  );
  await pool.terminate();
}

/** Milliseconds. */
const startTimeout = 700;

/** Long enough for the broker's machine to refuse, however late the thread that asks begins. */
const patience = 5000;

describe("a cluster without agents", { skip: noBroker }, () => {
  let broker: Broker;
  before(async () => {
    broker = await Broker.start();
  });
  after(() => broker.stop());

  test("breaks a pool within the start limit, which names the broker, without its password", () =>
    assertBreaks(
      new Pool({
        processes: 2,
        cluster: { url: broker.url.replace("//", "//somebody:secret@"), startTimeout },
      }),
      /cluster redis:\/\/127\.0\.0\.1:\d+ (cannot be used: WRONGPASS|has no worker)/,
    ));

  test("says that nobody is there", () =>
    assertBreaks(
      new Pool({ processes: 2, cluster: { url: broker.url, startTimeout } }),
      /has no worker to give within 0\.7 s: no agent is there/,
    ));

  test("says it of a broker that is not there", () =>
    assertBreaks(
      new Pool({ processes: 2, cluster: { url: "redis://127.0.0.1:1", startTimeout: patience } }),
      /cluster redis:\/\/127\.0\.0\.1:1 has no worker to give within 5 s: connect ECONNREFUSED/,
    ));

  test("names both protocols if its agents speak another one", async () => {
    const redis = new Redis(broker.url);
    const account = { host: "old", pid: 1, protocol: protocol + 1, poolbook: "9.0.0" };
    await redis.set(agentKey("other"), JSON.stringify(account), "PX", 60_000);
    await assertBreaks(
      new Pool({ processes: 1, cluster: { url: broker.url, startTimeout } }),
      new RegExp(
        `agents speak protocol ${protocol + 1} \\(poolbook 9\\.0\\.0\\), this pool speaks protocol ${protocol}`,
      ),
    );
    await redis.del(agentKey("other"));
    redis.disconnect();
  });
});

describe("an agent and what it does not take", { skip: noBroker }, () => {
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

  test("requests of another protocol: they stay in their queue", async () => {
    const connection = new Redis(broker.url, { maxRetriesPerRequest: null });
    const other = new Queue(slotQueue.replace(String(protocol), String(protocol + 1)), {
      connection,
      prefix,
    });
    await other.add("slot", {}, { jobId: "from-another-version" });
    assert.equal(await withPool({ processes: 1, cluster: broker.url }, (pool) => pool.apply(() => 1)), 1);
    assert.equal(await other.getWaitingCount(), 1);
    await other.obliterate();
    await other.close();
    connection.disconnect();
  });

  test("requests of a Node whose values it cannot read: the reason names both versions", async () => {
    const theirs = { ...ownVersions(), node: "99.1.0", clones: ownVersions().clones + 1 };
    const reason = `Node ${process.versions.node} of the agent and Node 99.1.0 of the pool cannot read each other's values`;
    assert.ok(mismatch(theirs, ownVersions())?.includes(reason));
    const connection = new Redis(broker.url, { maxRetriesPerRequest: null });
    const queue = new Queue(slotQueue, { connection, prefix });
    const request = { slot: "s", pool: "p", client: "c", name: "PoolWorker-1", lease: 1000, host: "h" };
    const signed = signRequest({ ...request, versions: theirs }, Buffer.from(testKey));
    await queue.add("slot", signed, { jobId: "s", removeOnComplete: true });
    await agent.until(/refused a request for a worker: .*cannot read each other's values/);
    let told: string | null = null;
    while (told === null) {
      told = await connection.get(refusalOf("s"));
    }
    assert.ok(told.includes(reason), told);
    await queue.close();
    connection.disconnect();
  });

  test("requests of a pool with another key: nothing runs, and both sides say so", async (t) => {
    const keyFile = join(temporaryFolder(t), "key");
    writeFileSync(keyFile, "another key, which opens nothing either", { mode: 0o600 });
    const pool = new Pool({ processes: 1, cluster: { url: broker.url, keyFile, lease: 1000 } });
    await assert.rejects(
      pool.apply(() => 1),
      (error: Error) => {
        assert.ok(error instanceof BrokenPoolError);
        assert.match(
          inspect(error),
          /refused a request for a worker: its signature is wrong: .*different keys/,
        );
        return true;
      },
    );
    await pool.terminate();
    assert.match(agent.log, /different keys/);
  });

  test("a pool that rests gives its workers back, and gets some again when it has something to do", () =>
    withPool({ processes: 2, cluster: { url: broker.url, idleTimeout: 200 } }, async (pool) => {
      const pid = await pool.apply(() => process.pid);
      while (pool.pids.length > 0) {
        await delay(20);
      }
      await withPool({ processes: 2, cluster: broker.url }, async (other) => {
        assert.deepEqual(await other.map((x: number) => x, [1, 2]), [1, 2]);
        while (other.pids.length < 2) {
          await delay(20);
        }
      });
      const again = await pool.apply(() => process.pid);
      assert.notEqual(again, pid);
    }));

  test("a worker that is ready only when its pool rests is given back, too", async (t) => {
    const file = join(temporaryFolder(t), "go");
    const initializer = async (name: string) => {
      while (currentProcess().name === "PoolWorker-2" && !existsSync(name)) {
        await sleep(0.02);
      }
    };
    const cluster = { url: broker.url, idleTimeout: 50 };
    await withPool({ processes: 2, cluster, initializer, initargs: [file] }, async (pool) => {
      while (pool.pids.length < 2) {
        await delay(20);
      }
      await pool.apply(() => 1);
      while (pool.pids.length > 0) {
        await delay(20);
      }
      writeFileSync(file, "");
      await withPool({ processes: 2, cluster: broker.url }, (other) => warmUp(other));
    });
  });
});
