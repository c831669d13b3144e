import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import nodeModule from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { KernelClient } from "../helpers/kernel-client.js";

const folder = enterFolder({
  "node_modules/greeting/package.json": '{"name": "greeting", "version": "1.0.0"}',
  "node_modules/greeting/index.js": 'exports.greet = () => "hello";',
  occupied: "",
});
const cache = join(folder, "cache");
const canKeep = "enableCompileCache" in nodeModule;

const cell = `
  import greeting from "greeting";
  import nodeModule from "node:module";
  console.log(greeting.greet(), Reflect.get(nodeModule, "getCompileCacheDir")?.());`;

/** What the cell prints in a kernel of its own, which ends as kernels do. */
async function printed(env: NodeJS.ProcessEnv = {}): Promise<string> {
  const kernel = await KernelClient.start({ cwd: folder, env: { XDG_CACHE_HOME: cache, ...env } });
  try {
    const { iopub } = await kernel.execute(cell);
    await kernel.request("shutdown_request", { restart: false }, "control").catch(() => {});
    await kernel.exited();
    return iopub.map(({ content }) => content.text ?? "").join("");
  } finally {
    await kernel.stop();
  }
}

const keptFiles = () =>
  readdirSync(join(cache, "poolbook", "modules"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );

test("the code of modules is kept where Node can, privately, and an edited module is compiled anew", async () => {
  const first = await printed();
  assert.match(first, /^hello /);
  assert.equal(first.includes(join(cache, "poolbook", "modules")), canKeep, first);
  if (canKeep) {
    assert.equal(statSync(join(cache, "poolbook", "modules")).mode & 0o077, 0);
    assert.ok(keptFiles().length > 1);
  }
  assert.equal(await printed(), first);

  writeFileSync(join(folder, "node_modules/greeting/index.js"), 'exports.greet = () => "howdy";');
  assert.match(await printed(), /^howdy /);
});

test("it is not kept where coverage is measured, where Node is told so, or where there is no place for it", async () => {
  const none = /^howdy undefined\n$/;
  assert.match(await printed({ NODE_V8_COVERAGE: join(folder, "coverage") }), none);
  assert.match(await printed({ NODE_DISABLE_COMPILE_CACHE: "1" }), none);
  assert.match(await printed({ XDG_CACHE_HOME: join(folder, "occupied") }), none);
});
