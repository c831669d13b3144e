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
