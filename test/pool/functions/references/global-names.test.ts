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
