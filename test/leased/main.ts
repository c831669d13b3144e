import { readdirSync } from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { Broker } from "../helpers/broker.js";
import { ClusterAgent, testKey } from "../helpers/cluster-agent.js";
import { exceptions, localFiles } from "./exceptions.js";
import { wrongLargeValues } from "./large-values.js";

// npm run leased -- [FILE | FOLDER | large]...
// Sends 1, 64 and 300 MiB there and back, and runs the pool's own tests, or those that are named, with workers that are
// leased: from the cluster at POOLBOOK_TEST_CLUSTER, whose key is in POOLBOOK_CLUSTER_KEY, or from two agents and a broker
// of this machine. The outcome is right if all tests pass but the exceptions, and none of those.

const processes = 16;

/** Milliseconds after which a file of tests counts as hanging. */
const longestRun = 600_000;

const folder = path.resolve(".build/test/pool");

const names = process.argv.slice(2).map((name) => name.replace(/^(test\/)?(pool\/)?/, ""));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => file.endsWith(".test.js"))
  .filter((file) => !Object.keys(localFiles).some((local) => file.startsWith(local)))
  .filter((file) => names.length === 0 || names.some((name) => file.startsWith(name.replace(/\.ts$/, ".js"))))
  .sort();

const end = await startCluster();
const failed = new Set<string>();
const passed = new Set<string>();
for (const file of files) {
  await runFile(file);
}
if (names.length === 0 || names.includes("large")) {
  const wrong = await wrongLargeValues([1, 64, 300]);
  for (const size of wrong) {
    failed.add(`${size} MiB there and back`);
  }
  console.log(`large values: ${wrong.length === 0 ? "passed" : "failed"}`);
}
const remaining = await end();
report();

async function startCluster(): Promise<() => Promise<string[]>> {
  const given = process.env.POOLBOOK_TEST_CLUSTER;
  if (given) {
    process.env.POOLBOOK_CLUSTER = given;
    return async () => [];
  }
  const broker = await Broker.start();
  const agents = await Promise.all(
    ["web1", "web2"].map((name) =>
      ClusterAgent.start(broker.url, ["--processes", String(processes), "--name", name]),
    ),
  );
  process.env.POOLBOOK_CLUSTER = broker.url;
  process.env.POOLBOOK_CLUSTER_KEY = testKey;
  return async () => {
    await Promise.all(agents.map((agent) => agent.end()));
    const keys = await broker.lastingKeys();
    await broker.stop();
    return keys;
  };
}

async function runFile(file: string): Promise<void> {
  const before = performance.now();
  let failures = 0;
  for await (const { type, data } of run({ files: [path.join(folder, file)], timeout: longestRun })) {
    if (type === "test:pass" && data.details.type !== "suite") {
      passed.add(data.name);
    } else if (type === "test:fail" && isOfItself(data.details.error)) {
      failures++;
      failed.add(data.name);
      const reason = exceptions[data.name];
      console.log(reason ? `  ${data.name}: ${reason}` : `  FAILED ${data.name}: ${inspectable(data)}`);
    }
  }
  const seconds = ((performance.now() - before) / 1000).toFixed(0);
  console.log(`${file}: ${failures === 0 ? "passed" : `${failures} failed`} in ${seconds} s`);
}

/** Not only because of a test in it. */
function isOfItself(error: object): boolean {
  return !("failureType" in error) || error.failureType !== "subtestsFailed";
}

function inspectable(data: { details: { error: Error } }): string {
  const { cause } = data.details.error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : data.details.error.message;
}

function report(): void {
  const wrong = [...failed].filter((name) => exceptions[name] === undefined);
  const idle = Object.keys(exceptions).filter((name) => passed.has(name) && !failed.has(name));
  console.log(`\n${passed.size} passed, ${failed.size - wrong.length} exceptions, ${wrong.length} failed`);
  for (const name of idle) {
    console.log(`No exception any more: ${name}`);
  }
  if (remaining.length > 0) {
    console.log(`Left in the broker: ${remaining.join(", ")}`);
  }
  process.exitCode = wrong.length + idle.length + remaining.length > 0 ? 1 : 0;
}
