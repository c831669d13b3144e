import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));

const body = `
  if (process.env.MAIN_SCRIPT) throw new Error("The main script runs again");
  process.env.MAIN_SCRIPT = "runs";
  const offset = 3;
  const add = (x) => twice(x) + offset;
  const pool = new Pool(1);
  pool.map(twice, [1, 2])
    .then(async (doubled) => console.log(doubled, await pool.apply(add, [1]), await pool.apply(Doubling.of, [4])))
    .finally(() => pool.terminate());`;
const twice = "function twice(x) { return 2 * x; }";
const doubling = "class Doubling { static of(x) { return twice(x); } }";

const sources = {
  module: `import { Pool } from "poolbook";
    export ${twice}
    export ${doubling}
    ${body}`,
  commonjs: `const { Pool } = require("poolbook");
    ${twice}
    ${doubling}
    module.exports = { twice, Doubling };
    ${body}`,
};

const names = { "a folder": ".", "a path without extension": "main", "a link": "link.js" };

function scriptIn(t: TestContext, type: keyof typeof sources): string {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(root, path.join(folder, "node_modules/poolbook"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type, main: "main.js" }));
  writeFileSync(path.join(folder, "main.js"), sources[type]);
  symlinkSync("main.js", path.join(folder, "link.js"));
  return folder;
}

for (const type of ["module", "commonjs"] as const) {
  for (const [kind, name] of Object.entries(names)) {
    test(`functions that the main script exports do not run it again, called by ${kind} (${type})`, (t) => {
      const cwd = scriptIn(t, type);
      const { stdout, stderr } = spawnSync(process.execPath, [name], { cwd, encoding: "utf8" });
      assert.equal(stderr, "");
      assert.equal(stdout, "[ 2, 4 ] 5 8\n");
    });
  }
}

const cycles = {
  module: {
    main: `import { withPool } from "poolbook";
      import { scale } from "./tasks.js";
      export const factor = 3;
      console.log("runs");
      await null;
      await withPool(1, (pool) => pool.map(scale, [1, 2]));`,
    tasks: `import { factor } from "./main.js";
      export function scale(x) { return x * factor; }`,
    error:
      /FunctionTransferError: Cannot send function `scale`: this is a worker, which runs the main script \S+main\.js once more/,
  },
  commonjs: {
    main: `exports.factor = 3;
      const { withPool } = require("poolbook");
      const tasks = require("./tasks.js");
      console.log("runs");
      setImmediate(() => withPool(1, (pool) => pool.map(tasks.scale, [1, 2])));`,
    tasks: `const main = require("./main.js");
      exports.scale = (x) => x * main.factor;`,
    // The pool may be done before its worker goes on. JavaScript gives the function no name.
    error: /^$|FunctionTransferError: Cannot send function `anonymous`: this is a worker/,
  },
};

for (const type of ["module", "commonjs"] as const) {
  test(`a module that imports the main script does not start its pool again in workers (${type})`, (t) => {
    const cwd = scriptIn(t, type);
    const { main, tasks, error } = cycles[type];
    writeFileSync(path.join(cwd, "main.js"), main);
    writeFileSync(path.join(cwd, "tasks.js"), tasks);
    const { stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
    assert.equal(stdout, "runs\nruns\n", stderr);
    assert.match(stderr, error);
  });
}

test("a main script whose text a loader has changed is known when a worker runs it again, too", (t) => {
  const cwd = scriptIn(t, "module");
  const loader = `export async function load(url, context, next) {
    const loaded = await next(url, context);
    return url.endsWith("main.js") ? { ...loaded, source: loaded.source + "\\n// changed" } : loaded;
  }`;
  writeFileSync(path.join(cwd, "loader.js"), loader);
  const hooks = 'import { register } from "node:module"; register("./loader.js", import.meta.url);';
  writeFileSync(path.join(cwd, "hooks.js"), hooks);
  const { main, tasks, error } = cycles.module;
  writeFileSync(path.join(cwd, "main.js"), main);
  writeFileSync(path.join(cwd, "tasks.js"), tasks);
  const args = ["--import", "./hooks.js", "main.js"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  assert.equal(stdout, "runs\nruns\n", stderr);
  assert.match(stderr, error);
});

for (const sent of ["double", "(x) => double(x)"]) {
  test(`a module that sends \`${sent}\` to a pool as soon as it is loaded does so in no worker again`, (t) => {
    const cwd = scriptIn(t, "module");
    const tasks = `import { withPool } from "poolbook";
      console.log("loaded");
      export function double(x) { return x * 2; }
      export const doubled = await withPool(1, (pool) => pool.apply(${sent}, [1]));`;
    writeFileSync(path.join(cwd, "tasks.js"), tasks);
    writeFileSync(path.join(cwd, "main.js"), 'import { doubled } from "./tasks.js"; console.log(doubled);');
    const { stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
    assert.equal(stdout, "loaded\nloaded\n", stderr);
    assert.match(
      stderr,
      /FunctionTransferError: Cannot send function `\w+`: this is a worker, which loads \S+tasks\.js/,
    );
  });
}

test("a module that a worker loads may have a pool for what does not load it again", (t) => {
  const cwd = scriptIn(t, "module");
  writeFileSync(path.join(cwd, "other.js"), "export function double(x) { return x * 2; }");
  const tasks = `import { withPool } from "poolbook";
    import { double } from "./other.js";
    const square = (x) => double(x) * x;
    export const squares = await withPool(2, (pool) => pool.map(square, [1, 2, 3]));
    export const squareOf = (i) => squares[i];`;
  writeFileSync(path.join(cwd, "tasks.js"), tasks);
  const main = `import { withPool } from "poolbook";
    import { double } from "./other.js";
    import { squareOf } from "./tasks.js";
    console.log(await withPool(1, (pool) => pool.map((i) => double(squareOf(i)), [0, 2])));`;
  writeFileSync(path.join(cwd, "main.js"), main);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
  assert.equal(stderr, "");
  assert.equal(stdout, "[ 4, 36 ]\n");
});

test("a task that was written in the main script has pools of its own", (t) => {
  const cwd = scriptIn(t, "module");
  const source = `import { withPool } from "poolbook";
    const inner = (x) => withPool(1, (pool) => pool.apply((y) => y + 1, [x]));
    console.log(await withPool(1, (pool) => pool.apply(inner, [1])));`;
  writeFileSync(path.join(cwd, "main.js"), source);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
  assert.equal(stderr, "");
  assert.equal(stdout, "2\n");
});

test("a function of the main script that replaces a global travels as it is", (t) => {
  const folder = scriptIn(t, "module");
  const source = `import { withPool } from "poolbook";
    globalThis.structuredClone = (x) => ["mine", x];
    console.log(await withPool(1, (pool) => pool.apply(structuredClone, [1])));`;
  writeFileSync(path.join(folder, "main.js"), source);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" });
  assert.equal(stderr, "");
  assert.equal(stdout, "[ 'mine', 1 ]\n");
});

/** What a CommonJS main script prints of each of its `tasks`: the result, or the message of the error. */
function outcomes(t: TestContext, tasks: string): string[] {
  const cwd = scriptIn(t, "commonjs");
  const main = `const { withPool } = require("poolbook");
    ${tasks}
    withPool(1, async (pool) => {
      for (const task of tasks) {
        console.log(await pool.apply(task).catch((error) => error.message));
      }
    });`;
  writeFileSync(path.join(cwd, "main.js"), main);
  const { stdout } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
  return stdout.trim().split("\n");
}

test("`module` of a CommonJS main script is refused, as a worker's is another one; `exports` travel", (t) => {
  const [factor, ...refusals] = outcomes(
    t,
    `exports.factor = 3;
    const tasks = [() => exports.factor, () => module.exports.factor, () => module.filename];`,
  );
  assert.equal(factor, "3");
  assert.equal(refusals.length, 2);
  for (const refusal of refusals) {
    assert.match(refusal, /^Cannot send function `anonymous` to a worker: it uses `module`, a Module/);
  }
});

test("`require.main` is refused, as a worker's is another one", (t) => {
  const lines = outcomes(
    t,
    `const load = require;
    const tasks = [
      () => require.main === undefined,
      () => require.main.filename,
      () => load["main"],
      () => { const { main } = load; return main; },
      () => require("node:path").sep,
      () => [__filename, __dirname].filter(require("node:fs").existsSync).length,
    ];`,
  );
  assert.equal(lines.length, 6);
  for (const line of lines.slice(0, 4)) {
    assert.match(line, /`require\.main`.*main script/);
  }
  assert.deepEqual(lines.slice(4), [path.sep, "2"]);
});

test("a module that exports `then` is refused, where its function was called", (t) => {
  const cwd = scriptIn(t, "module");
  const thenable = "export function then(resolve) { console.log('called'); } export const list = [1];";
  writeFileSync(path.join(cwd, "thenable.js"), thenable);
  const settling = "export function then(resolve) { resolve('other'); } export const list = [1];";
  writeFileSync(path.join(cwd, "settling.js"), settling);
  const main = `import { withPool } from "poolbook";
    import * as namespace from "./thenable.js";
    import { list } from "./settling.js";
    const held = { namespace };
    await withPool(1, async (pool) => {
      for (const task of [() => namespace.list, () => held.namespace.list, () => list]) {
        console.log(await pool.apply(task).catch((error) => error.message));
      }
    });`;
  writeFileSync(path.join(cwd, "main.js"), main);
  const { stdout } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8", timeout: 30_000 });
  const lines = stdout.trim().split("\n");
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? "", /it uses `namespace`, a module that exports a function `then`/);
  assert.match(lines[1] ?? "", /`held`, which uses `namespace`, a module that exports a function `then`/);
  assert.match(lines[2] ?? "", /Cannot load .\/settling.js in a worker: it exports `then`/);
});
