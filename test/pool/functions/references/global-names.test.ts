import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));

/** What `main.mjs` prints, beside a package `helpers` that defines its exports as globals, too. */
function outputOf(t: TestContext, main: string): string {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "node_modules/helpers"), { recursive: true });
  symlinkSync(root, path.join(folder, "node_modules/poolbook"));
  const helpers = "exports.addOne = globalThis.addOne = (x) => x + 1;";
  writeFileSync(path.join(folder, "node_modules/helpers/index.js"), helpers);
  writeFileSync(path.join(folder, "main.mjs"), main);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.mjs"], { cwd: folder, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout;
}

test("globals that scripts have set travel, although they were set before the pool was loaded", (t) => {
  const main = `
    globalThis.triple = (x) => 3 * x;
    globalThis.settings = { level: 4 };
    const { withPool } = await import("poolbook");
    console.log(await withPool(1, (pool) => pool.apply(() => triple(settings.level))));`;
  assert.equal(outputOf(t, main), "12\n");
});

test("exports of a package that defines globals, too, come from the package", (t) => {
  const main = `
    import { addOne } from "helpers";
    import { withPool } from "poolbook";
    console.log(await withPool(1, (pool) => pool.map((x) => addOne(x), [1, 2])));`;
  assert.equal(outputOf(t, main), "[ 2, 3 ]\n");
});

test("what a script has put on an object of Node's travels as a function, and is refused as an object", (t) => {
  const main = `
    import fs from "node:fs";
    process.settings = { level: 4 };
    Math.twice = (x) => 2 * x;
    fs.extra = { level: 4 };
    const { withPool } = await import("poolbook");
    const { settings } = process;
    const { twice } = Math;
    const { extra } = fs;
    const message = (error) => error.message;
    await withPool(1, async (pool) => {
      console.log(await pool.apply((x) => twice(x), [2]));
      console.log(await pool.apply(() => settings).catch(message));
      console.log(await pool.apply(() => extra).catch(message));
    });`;
  const [called, settings, extra] = outputOf(t, main).split("\n");
  assert.equal(called, "4");
  assert.match(
    settings ?? "",
    /^Cannot find `process\.settings` in the worker: .*; keep it in a variable of its own$/,
  );
  assert.equal(extra, "Cannot find `extra` in node:fs in the worker");
});

test("a pool of another realm, as under Jest, sends that one's globals and objects of Node's realm", (t) => {
  const main = `
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    import { compileFunction, createContext, runInContext } from "node:vm";
    const bundle = createRequire(import.meta.url).resolve("poolbook/package.json").replace("package.json", "dist/common-js/bundle.js");
    const parsingContext = createContext();
    runInContext("globalThis.settings = { level: 4 };", parsingContext);
    const has = (name) => runInContext(\`"\${name}" in globalThis\`, parsingContext);
    for (const name of Object.getOwnPropertyNames(globalThis).filter((name) => !has(name))) {
      Object.defineProperty(parsingContext, name, { get: () => globalThis[name], configurable: true });
    }
    const module = { exports: {} };
    const names = ["exports", "require", "module", "__filename", "__dirname"];
    const load = (text, ...given) => compileFunction(text, names, { parsingContext, filename: bundle })(...given);
    load(readFileSync(bundle, "utf8"), module.exports, createRequire(bundle), module, bundle, bundle.replace(/.bundle.js$/, ""));
    const global = load("return (pool) => pool.apply(() => settings.level)");
    const captured = load(\`return async (pool) => {
      const received = await pool.map((x) => ({ x, seen: new Map([[x, [x]]]) }), [1, 2]);
      const [cloned, failure] = structuredClone([{ at: new Date(3), bytes: new Uint8Array(4) }, new RangeError("no")]);
      return pool.apply(() =>
        [received[1].seen.get(2)[0], cloned.at.getTime(), cloned.bytes.length, failure instanceof RangeError].join(),
      );
    }\`);
    console.log(await module.exports.withPool(1, global), await module.exports.withPool(1, captured));`;
  assert.equal(outputOf(t, main), "4 2,3,4,true\n");
});
