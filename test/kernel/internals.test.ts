import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { KernelClient } from "../helpers/kernel-client.js";
import { fixtures } from "../helpers/script.js";

test("a kernel that does not find what it needs of Node's insides says each in one line, and works", async () => {
  const preload = pathToFileURL(`${fixtures}kernel/other-insides.mjs`).href;
  const kernel = await KernelClient.start({ env: { NODE_OPTIONS: `--import=${preload}` } });
  try {
    assert.equal((await kernel.execute("1 + 1")).result, "2");
    const lines = kernel.log.trimEnd().split("\n").sort();
    assert.equal(lines.length, 2, kernel.log);
    assert.match(lines[0] ?? "", /^poolbook kernel: Node \S+ keeps its async hooks .*an interrupt may end/);
    assert.match(lines[1] ?? "", /^poolbook kernel: Node \S+ keeps its signals .*SIGTERM leaves running/);
  } finally {
    await kernel.stop();
  }
});

test("neither cells nor what they start see Node's insides, and the kernel says nothing of its own", async () => {
  const kernel = await KernelClient.start();
  try {
    const { result, stderr } = await kernel.execute(`
      import { once } from "node:events";
      import { builtinModules, isBuiltin } from "node:module";
      import { Worker } from "node:worker_threads";
      const [inThread] = await once(new Worker(
        'require("worker_threads").parentPort.postMessage(require("module").isBuiltin("internal/util"))',
        { eval: true }), "message");
      [isBuiltin("internal/util"), builtinModules.filter((name) => name.startsWith("internal")), inThread,
        process.execArgv, Reflect.get(globalThis, Symbol.for("poolbook.asyncHooks"))]`);
    const flags = kernelspec().argv.filter((argument) => argument.startsWith("--"));
    assert.ok(flags.includes("--no-force-async-hooks-checks"));
    assert.equal(result, inspect([false, [], false, flags, undefined]));
    assert.equal(stderr, "");
    kernel.send("shutdown_request", { restart: false }, "control");
    await once(kernel.process, "close");
    assert.equal(kernel.log, "");
  } finally {
    await kernel.stop();
  }
});
