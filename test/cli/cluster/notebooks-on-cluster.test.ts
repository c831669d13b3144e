import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { notebook, printed } from "../../helpers/cluster-notebooks.js";
import { ProcessMark } from "../../helpers/marked-processes.js";
import { finished, poolbook, startPoolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const env = { POOLBOOK_CLUSTER_KEY: testKey };

describe("notebooks on a cluster", { skip: noBroker }, () => {
  const mark = new ProcessMark();
  let broker: Broker;
  let agents: ClusterAgent[];

  before(async () => {
    broker = await Broker.start();
    agents = await Promise.all(
      ["web1", "web2"].map((name) =>
        ClusterAgent.start(broker.url, ["--processes", "1", "--name", name, "--folder", "/"], {
          AGENT: name,
          ...mark.env,
        }),
      ),
    );
  });
  after(async () => {
    await Promise.all(agents.map((agent) => agent.end()));
    assert.deepEqual(await mark.livingAfter(5), []);
    await broker.stop();
  });

  function project(t: TestContext, files: Record<string, string>): string {
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, "lib"));
    writeFileSync(join(folder, "package.json"), "{}");
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), content);
    }
    return folder;
  }

  const onCluster = (args: string[]) => poolbook([...args, "--cluster", broker.url], env);

  test("run spreads them over the agents, with their modules, files and parameters", async (t) => {
    const meeting = temporaryFolder(t);
    // Each waits for the other, so that one agent cannot run both.
    const source = `import { twice } from "./lib/twice";
      import { existsSync, readFileSync, writeFileSync } from "node:fs";
      writeFileSync(${JSON.stringify(meeting)} + "/" + mine, "");
      while (!existsSync(${JSON.stringify(meeting)} + "/" + other)) await new Promise((done) => setTimeout(done, 20));
      console.log(process.env.AGENT, twice(number), readFileSync("lib/data.txt", "utf8"));`;
    const cells = (mine: string, other: string) => [
      "//parameters\nconst number = 1;",
      `const [mine, other] = ["${mine}", "${other}"];`,
      source,
    ];
    const folder = project(t, {
      "a.ipynb": notebook(cells("a", "b")),
      "b.ipynb": notebook(cells("b", "a")),
      "lib/twice.ts": `import { two } from "./two"; export const twice = (x: number) => two * x;`,
      "lib/two.ts": "export const two = 2;",
      "lib/data.txt": "some data",
    });
    const out = join(folder, "out");
    const run = await onCluster(["run", folder, "--output-dir", out, "-p", "number", "21"]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const texts = ["a.ipynb", "b.ipynb"].map((name) => printed(join(out, name))).sort();
    assert.deepEqual(texts, ["web1 42 some data\n", "web2 42 some data\n"]);
    assert.match(run.stdout, /2 notebooks: 2 passed/);
  });

  test("numbers come back as they were written", async (t) => {
    const odd = '"big":9007199254740993,"one":1.0';
    const text = notebook(["1"]).replace(/"metadata":\s*{/g, (start) => `${start}${odd},`);
    const folder = project(t, { "n.ipynb": text.replace(`${odd},}`, `${odd}}`) });
    const out = join(folder, "out.ipynb");
    assert.equal((await onCluster(["run", join(folder, "n.ipynb"), "-o", out])).code, 0);
    assert.equal(readFileSync(out, "utf8").match(/"big": 9007199254740993,\s*"one": 1\.0/g)?.length, 2);
  });

  test("check compares what comes back as if it had run here, and --update stores it", async (t) => {
    const folder = project(t, {
      "equal.ipynb": notebook(["console.log(42)"], "tslab", { 0: "42\n" }),
      "other.ipynb": notebook(["console.log(42)"], "tslab", { 0: "41\n" }),
    });
    const first = await onCluster(["check", folder, "-j", "1"]);
    assert.equal(first.code, 1, first.stderr);
    assert.match(first.stdout, /✓ .*equal\.ipynb[\s\S]*other\.ipynb, cell 1/);
    assert.equal((await onCluster(["check", folder, "--update"])).code, 0);
    assert.equal((await onCluster(["check", folder])).code, 0);
    assert.equal(printed(join(folder, "other.ipynb")), "42\n");
  });

  test("cells that fail, kernels and packages that an agent lacks, are told with its name", async (t) => {
    const folder = project(t, {
      "kernel.ipynb": notebook(["1"], "nosuch").replace("typescript", "elvish"),
      "package.ipynb": notebook([`import { parse } from "no-such-package"; parse("");`]),
      "throws.ipynb": notebook(["console.log(1)", `throw new RangeError("Too far");`, "console.log(3)"]),
    });
    const run = await onCluster(["run", folder, "--output-dir", join(folder, "out")]);
    assert.equal(run.code, 2);
    assert.match(run.stderr, /kernel\.ipynb: no kernel named "nosuch".* \(on the agent web[12]\)/);
    assert.match(run.stdout, /Cannot find module 'no-such-package'.* \(the agent web[12] lacks it/);
    assert.match(run.stdout, /cell 2 \(cell-2\): RangeError: Too far/);
    assert.equal(printed(join(folder, "out", "throws.ipynb")), "1\n");
  });

  test("a worker that dies fails its notebook, names its machine, and keeps what had run; --retries runs it again", async (t) => {
    const marker = join(temporaryFolder(t), "was-here");
    const source = `import { existsSync, writeFileSync } from "node:fs";
      const isFirst = !existsSync(${JSON.stringify(marker)});
      writeFileSync(${JSON.stringify(marker)}, "");
      if (isFirst) { process.kill(process.ppid, "SIGKILL"); await new Promise((done) => setTimeout(done, 60_000)); }`;
    const folder = project(t, { "dies.ipynb": notebook(["console.log('before')", source]) });
    const out = join(folder, "out.ipynb");
    const run = await onCluster(["run", join(folder, "dies.ipynb"), "-o", out]);
    assert.equal(run.code, 1, run.stdout + run.stderr);
    assert.match(run.stdout, /cell 2 \(cell-2\): the kernel was lost with its worker: .* on web[12]\) died/);
    assert.equal(printed(out), "before\n");
    writeFileSync(join(folder, "again.ipynb"), notebook([source.replaceAll("was-here", "not-yet")]));
    const again = await onCluster(["run", join(folder, "again.ipynb"), "-o", out, "--retries", "1"]);
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });

  test("Ctrl-C ends the run, keeps what had run, and leaves the workers to others", async (t) => {
    const wait = "console.log('begun'); await new Promise((done) => setTimeout(done, 60_000));";
    const folder = project(t, { "long.ipynb": notebook(["console.log('before')", wait]) });
    const out = join(folder, "out.ipynb");
    const args = ["run", join(folder, "long.ipynb"), "-o", out, "--events", "-", "--cluster", broker.url];
    const run = startPoolbook(args, env);
    const end = finished(run);
    let events = "";
    while (!events.includes("begun")) {
      const [text] = await once(run.stdout ?? run, "data");
      events += text;
    }
    run.kill("SIGINT");
    assert.equal((await end).code, 130);
    assert.equal(printed(out), "before\nbegun\n");
    writeFileSync(join(folder, "short.ipynb"), notebook(["1"]));
    const next = await onCluster(["run", join(folder, "short.ipynb"), "-o", out]);
    assert.equal(next.code, 0, next.stdout + next.stderr);
  });
});

test("options of a cluster that contradict each other are told in one line", async (t) => {
  const file = join(temporaryFolder(t), "a.ipynb");
  writeFileSync(file, notebook(["1"]));
  const url = "redis://127.0.0.1:1";
  const cases: [string[], RegExp][] = [
    [["--cluster", url, "--server-url", "http://localhost:1"], /--cluster and --server-url/],
    [["--cluster", url, "--cache", "x"], /--cache needs kernels of this machine/],
    [["--key-file", "x"], /--key-file needs --cluster/],
    [["--insecure"], /--insecure needs --cluster/],
    [["--lease", "5"], /--lease needs --cluster/],
    [["--cluster", url, "--lease", "0.5"], /at least 1/],
    [["--cluster", "http://x"], /redis/],
    [["--cluster", "redis://elsewhere.example:6379"], /password|TLS/],
  ];
  for (const [args, words] of cases) {
    const { code, stderr } = await poolbook(["check", file, ...args], env);
    assert.equal(code, 2, stderr);
    assert.match(stderr, words);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
  }
});
