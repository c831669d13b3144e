import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { notebook, printed } from "../../helpers/cluster-notebooks.js";
import { ProcessMark } from "../../helpers/marked-processes.js";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const names = ["a", "b"];

/** Seconds; short, so that the tests are, and long enough for a machine with much else to do. */
const lease = "6";

describe("notebooks on a cluster whose agent is killed", { skip: noBroker }, () => {
  let broker: Broker;
  before(async () => {
    broker = await Broker.start();
  });
  after(() => broker.stop());

  /** Agents that run one notebook each. */
  async function startAgents(t: TestContext) {
    const marks = ["web1", "web2"].map(() => new ProcessMark());
    const agents = await Promise.all(
      marks.map(({ env }, index) => {
        const AGENT = `web${index + 1}`;
        return ClusterAgent.start(broker.url, ["--processes", "1", "--name", AGENT], { AGENT, ...env });
      }),
    );
    t.after(async () => {
      await Promise.all(agents.map((agent) => agent.end()));
      assert.deepEqual(await Promise.all(marks.map((mark) => mark.livingAfter(20))), [[], []]);
      assert.deepEqual(await broker.lastingKeys(), []);
    });
    return agents;
  }

  /** Notebooks that say where they are run and wait to be told to go on. */
  function waitingNotebooks(t: TestContext) {
    const folder = temporaryFolder(t);
    const meeting = temporaryFolder(t);
    const notebooks = join(folder, "notebooks");
    mkdirSync(notebooks);
    writeFileSync(join(folder, "package.json"), "{}");
    for (const name of names) {
      const source = `import { existsSync, writeFileSync } from "node:fs";
        writeFileSync(${JSON.stringify(join(meeting, name))}, process.env.AGENT ?? "");
        while (!existsSync(${JSON.stringify(join(meeting, "go"))})) await new Promise((done) => setTimeout(done, 20));
        console.log("after");`;
      const stored = { 0: "before\n", 1: "after\n" };
      writeFileSync(
        join(notebooks, `${name}.ipynb`),
        notebook(["console.log('before')", source], "tslab", stored),
      );
    }
    const places = async () => {
      const files = names.map((name) => join(meeting, name));
      while (!files.every((file) => existsSync(file) && readFileSync(file).length > 0)) {
        await delay(20);
      }
      return files.map((file) => readFileSync(file, "utf8"));
    };
    return { folder, notebooks, places, goOn: () => writeFileSync(join(meeting, "go"), "") };
  }

  /** Kills the first agent when both have begun, and lets the other go on. */
  async function runOverKill(t: TestContext, args: (notebooks: string, folder: string) => string[]) {
    const agents = await startAgents(t);
    const { folder, notebooks, places, goOn } = waitingNotebooks(t);
    const run = poolbook([...args(notebooks, folder), "--cluster", broker.url, "--lease", lease], {
      POOLBOOK_CLUSTER_KEY: testKey,
    });
    const killed = (await places()).indexOf("web1");
    await agents[0]?.end("SIGKILL");
    goOn();
    return { ...(await run), folder, notebooks, lost: names[killed], kept: names[1 - killed] };
  }

  const isLost = (name = "") =>
    new RegExp(
      `${name}\\.ipynb[\\s\\S]*cell 2 \\(cell-2\\)[\\s\\S]*the kernel was lost with its worker: .* on web1\\)`,
    );

  test("run fails the one that ran there, with the machine's name, and keeps what had run", async (t) => {
    const run = await runOverKill(t, (notebooks, folder) => {
      return ["run", notebooks, "--output-dir", join(folder, "out")];
    });
    assert.equal(run.code, 1, run.stdout + run.stderr);
    assert.match(run.stdout, isLost(run.lost));
    assert.match(run.stdout, /2 notebooks: 1 passed, 1 failed/);
    const texts = [run.lost, run.kept].map((name) => printed(join(run.folder, "out", `${name}.ipynb`)));
    assert.deepEqual(texts, ["before\n", "before\nafter\n"]);
  });

  test("run --retries runs it again on the agent that is left", async (t) => {
    const run = await runOverKill(t, (notebooks, folder) => {
      return ["run", notebooks, "--output-dir", join(folder, "out"), "--retries", "1"];
    });
    assert.equal(run.code, 0, run.stdout + run.stderr);
    for (const name of names) {
      assert.equal(printed(join(run.folder, "out", `${name}.ipynb`)), "before\nafter\n");
    }
  });

  test("check fails the one that ran there, and stores nothing of it with --update", async (t) => {
    const run = await runOverKill(t, (notebooks) => ["check", notebooks, "--update"]);
    assert.equal(run.code, 1, run.stdout + run.stderr);
    assert.match(run.stdout, isLost(run.lost));
    assert.equal(printed(join(run.notebooks, `${run.lost}.ipynb`)), "before\nafter\n");
  });
});
