import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

/** What a notebook may do to the process that runs it. */
const deeds: Record<string, string> = {
  "removes every listener": "process.removeAllListeners();",
  "sets an exit code, a title and a folder": `
    process.exitCode = 3; process.title = "mine"; process.chdir(require("node:os").tmpdir());`,
  "replaces process.exit": "process.exit = () => {};",
  "replaces the timers": `
    for (const name of ["setTimeout", "setImmediate", "setInterval", "clearTimeout", "queueMicrotask"]) globalThis[name] = () => {};`,
  "replaces JSON.stringify and Buffer.from": "JSON.stringify = () => 'mine'; Buffer.from = () => 5;",
  "freezes prototypes": "Object.freeze(Object.prototype); Object.freeze(Array.prototype);",
  "adds to prototypes":
    "Object.prototype.added = 1; Array.prototype.last = function () { return this.at(-1); };",
  "replaces the making of stacks":
    "Error.prepareStackTrace = () => { throw new Error('stack'); }; Error.stackTraceLimit = 0;",
  "replaces what the compiler calls": `
    Array.prototype.map = () => ["mine"]; Map.prototype.get = () => undefined; String.prototype.split = () => [];
    RegExp.prototype.exec = () => null; Object.entries = () => []; Array.prototype.push = () => 0; Date = class {};`,
  "replaces what promises have": `
    const { then } = Promise.prototype; Promise.prototype.then = function (...args) { return Reflect.apply(then, this, args); };
    Promise.prototype.finally = Promise.prototype.catch = Promise.all = Promise.allSettled = () => 5;`,
  "adds to all objects what descriptors are made of": `
    Object.prototype.get = () => 1; Object.prototype.value = 7; Object.prototype.toJSON = () => "json";`,
  "mocks time": "Date.now = () => 0; performance.now = () => 0; globalThis.Date = class extends Date {};",
  "takes process and console away": "globalThis.process = undefined; delete globalThis.console;",
};

for (const [name, deed] of Object.entries(deeds)) {
  describe(`a cell that ${name}`, () => {
    let kernel: KernelClient;
    before(async () => {
      kernel = await KernelClient.start({ javascript: true });
      assert.equal((await kernel.execute(deed)).reply.content.status, "ok");
    });
    after(() => kernel.stop());

    test("leaves a kernel that runs cells, ends them, reports errors, and shuts down", async () => {
      const { result, reply } = await kernel.execute("const value = await Promise.resolve([1, 'a']); value");
      assert.equal(result, "[ 1, 'a' ]", reply.content.evalue);
      assert.equal((await kernel.execute("throw new Error('thrown')")).reply.content.evalue, "thrown");
      const id = kernel.submit("display('started'); while (true) {}");
      await kernel.waitFor(
        ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === "display_data",
      );
      const exchange = kernel.exchange(id);
      await kernel.request("interrupt_request", {}, "control");
      assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
      kernel.send("shutdown_request", { restart: false }, "control");
      await kernel.exited();
    });
  });
}

describe("in a notebook that changes the process", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  test("the changes hold from cell to cell, also those of what the kernel itself calls", async () => {
    await kernel.execute(`
      let calls = 0;
      const { map } = Array.prototype;
      Array.prototype.map = function (this: unknown[], ...args: [never]) { calls++; return map.apply(this, args) };
      const { then } = Promise.prototype;
      let thens = 0;
      Promise.prototype.then = function (this: unknown, ...args: unknown[]) { thens++; return Reflect.apply(then, this, args) } as never;`);
    assert.equal((await kernel.execute("[1, 2].map((each) => each * 2)")).result, "[ 2, 4 ]");
    await kernel.execute("await Promise.resolve(1).then((value) => value)");
    assert.equal((await kernel.execute("[calls, thens]")).result, "[ 1, 1 ]");
    const { reply } = await kernel.execute("throw new TypeError('mapped')");
    assert.match(reply.content.traceback.at(-1), /^ {4}at cell\[\d+\]\.ts:1:7$/);
  });

  test("imports are those of the notebook's folder, wherever the process has gone", async () => {
    const code = "process.chdir('/'); const { pool } = await import('workerpool'); typeof pool";
    const here = await KernelClient.start({ cwd: process.cwd() });
    try {
      assert.equal((await here.execute(code)).result, "'function'");
      assert.equal(
        (await here.execute("const name = 'workerpool'; typeof (await import(name)).pool")).result,
        "'function'",
      );
      const { reply } = await here.execute("await import('not-' + 'there')");
      assert.match(reply.content.evalue, /Cannot find package 'not-there'/);
    } finally {
      await here.stop();
    }
  });

  test("SIGINT ends what runs and not the kernel, with no listener and with the cell's own", async () => {
    for (const listening of [
      "process.removeAllListeners()",
      "process.on('SIGINT', () => console.log('heard'))",
    ]) {
      for (const waiting of ["while (true) {}", "await new Promise(() => {})"]) {
        const id = kernel.submit(`${listening}; display('started'); ${waiting}`);
        await kernel.waitFor(
          ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === "display_data",
        );
        const exchange = kernel.exchange(id);
        kernel.process.kill("SIGINT");
        assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
      }
    }
    assert.equal((await kernel.execute("'alive'")).result, "'alive'");
  });

  test("a title and an exit code are kept, and the kernel shuts down all the same", async () => {
    await kernel.execute("process.exitCode = 3; process.title = 'mine'");
    assert.equal((await kernel.execute("process.title")).result, "'mine'");
    kernel.send("shutdown_request", { restart: false }, "control");
    await kernel.exited();
  });
});
