import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Broker, noBroker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const poolbook = dirname(fileURLToPath(import.meta.resolve("poolbook/package.json")));

function write(folder: string, files: Record<string, string>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const greeter = (greeting: string) => ({
  "node_modules/greeter/package.json": `{ "name": "greeter", "main": "index.cjs" }`,
  "node_modules/greeter/index.cjs": `exports.greet = (name) => "${greeting} " + name;`,
});

/** A pool's project; `main` is the body of its script, which may use pool and the imports. */
function project(t: TestContext, imports: string, main: string): string {
  const folder = write(temporaryFolder(t), {
    "package.json": `{ "type": "module", "imports": { "#lib/*": "./lib/*.mjs" } }`,
    "package-lock.json": "{}",
    "lib/count.mjs": `import { step } from "#lib/step"; let count = 0; export const next = () => (count += step);`,
    "lib/step.mjs": "export const step = 1;",
    "lib/failing.mjs": `export const failing = () => {
        throw new RangeError("sum"); };`,
    "lib/square.mjs": `import { twice } from "./deep/twice.mjs";
      import { sleep } from "poolbook";
      export async function square(x) { await sleep(0); return [twice(x) * x / 2, import.meta.url]; }
      export const greeted = async (name) => (await import("greeter")).default.greet(name);
      export const rare = async () => (await import("rare-package")).default;`,
    "lib/deep/twice.mjs": `export const twice = (x) => 2 * x;`,
    "lib/plain.cjs": `const { add } = require("./deep/add"); exports.plus = (x) => [add(x, 1), __filename];`,
    "lib/deep/add.js": `exports.add = (a, b) => a + b;`,
    "lib/deep/package.json": `{}`,
    "src/main.mjs": `import { withPool } from "poolbook"; ${imports}
      await withPool({ processes: 1, cluster: process.env.BROKER }, async (pool) => { ${main} });`,
    ...greeter("here:"),
    "node_modules/rare-package/package.json": `{ "main": "index.cjs" }`,
    "node_modules/rare-package/index.cjs": `module.exports = 1;`,
  });
  symlinkSync(poolbook, join(folder, "node_modules", "poolbook"));
  return folder;
}

describe("modules on another machine", { skip: noBroker }, () => {
  let broker: Broker;
  before(async () => {
    broker = await Broker.start();
  });
  after(() => broker.stop());

  /** Runs the project's script against an agent with a folder and a cache of its own. */
  async function run(t: TestContext, folder: string, agentFiles: Record<string, string>) {
    const agentFolder = write(temporaryFolder(t), { "package.json": "{}", ...agentFiles });
    const cache = temporaryFolder(t);
    const agent = await ClusterAgent.start(
      broker.url,
      ["--processes", "1", "--name", "web3", "--folder", agentFolder],
      { XDG_CACHE_HOME: cache },
    );
    const script = spawn(process.execPath, [join(folder, "src/main.mjs")], {
      env: { ...process.env, BROKER: broker.url, POOLBOOK_CLUSTER_KEY: testKey },
      cwd: folder,
    });
    const output = Promise.all([text(script.stdout), text(script.stderr)]);
    const [code] = await once(script, "close");
    const [stdout, stderr] = await output;
    await agent.end();
    assert.equal(code, 0, stderr + agent.log);
    return { stdout, stderr, cache, agentFolder };
  }

  test("the user's own travel by content, with what they import", async (t) => {
    const folder = project(
      t,
      `import { square } from "../lib/square.mjs"; import { plus } from "../lib/plain.cjs";`,
      `console.log(JSON.stringify([await pool.apply(square, [3]), await pool.apply(plus, [3]),
        await pool.apply(async (x) => (await square(x))[0] + plus(x)[0], [4])]));`,
    );
    const { stdout, cache } = await run(t, folder, {});
    const [[nine, module], [four, file], sum] = JSON.parse(stdout);
    assert.deepEqual([nine, four, sum], [9, 4, 21]);
    for (const place of [fileURLToPath(module), file]) {
      assert.ok(place.startsWith(join(cache, "poolbook", "modules")), place);
    }
  });

  test("functions share the state of a module that they import, and stacks name it where the user has it", async (t) => {
    const folder = project(
      t,
      `import { next } from "../lib/count.mjs"; import { failing } from "#lib/failing";
       import { square } from "../lib/square.mjs";`,
      `console.log(JSON.stringify([await pool.apply(next), await pool.apply(() => next()),
        await pool.apply(async () => [next(), await square(2)][0])]));
       await pool.apply(failing).catch(({ stack }) => console.log(stack));`,
    );
    const { stdout, cache } = await run(t, folder, {});
    const [counts = "", , place = ""] = stdout.split("\n");
    assert.deepEqual(JSON.parse(counts), [1, 2, 3]);
    assert.ok(place.includes(`${join(folder, "lib", "failing.mjs")}:2:`), stdout);
    const left = readdirSync(join(cache, "poolbook", "modules"));
    assert.ok(left.length > 0 && left.every((name) => /^[0-9a-f]{64}$/.test(name)), left.join());
  });

  test("packages are those of the agent; a missing one names agent, package and remedy", async (t) => {
    const folder = project(
      t,
      `import { greeted, rare } from "../lib/square.mjs"; import { greet } from "greeter";`,
      `console.log(await pool.apply(greeted, ["a"]), await pool.apply((name) => greet(name), ["b"]));
       await pool.apply(rare).catch((error) => console.log(error.code, error.message));`,
    );
    const { stdout, agentFolder } = await run(t, folder, greeter("there:"));
    const [greetings, error = ""] = stdout.split("\n");
    assert.equal(greetings, "there: a there: b");
    assert.match(error, /^ERR_MODULE_NOT_FOUND /);
    const remedy = `(the agent web3 lacks the package rare-package in ${agentFolder}: run \`npm ci\` there; its lock file is not the pool's)`;
    assert.ok(error.includes(remedy), error);
  });
});
