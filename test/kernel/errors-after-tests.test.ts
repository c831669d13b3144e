import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

const tests = `import { test } from "node:test";
await test("holds", () => {});`;

/** What raises an error named `late` that nothing catches, after the code around it has ended. */
const forms: Record<string, string> = {
  "a timer that throws": `setTimeout(() => { throw new RangeError("late"); });`,
  "a rejected promise": `void Promise.reject(new RangeError("late"));`,
  "an async function": `void (async () => { await null; throw new RangeError("late"); })();`,
  "an emitter's error": `setImmediate(() => new (require("node:events"))().emit("error", new RangeError("late")));`,
  "a microtask": `queueMicrotask(() => { throw new RangeError("late"); });`,
  "a tick": `process.nextTick(() => { throw new RangeError("late"); });`,
};
const waiting = "await new Promise((done) => setTimeout(done, 60_000).unref());";

describe("errors that nothing catches, once node:test has been used", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start({ env: { NODE_TEST_CONTEXT: undefined } });
    assert.equal((await kernel.execute(tests)).reply.content.status, "ok");
  });
  after(() => kernel.stop());

  /** Runs a cell that an uncaught error ends. */
  async function assertFails(code: string) {
    const { reply, iopub } = await kernel.execute(code);
    assert.deepEqual([reply.content.ename, reply.content.evalue], ["RangeError", "late"]);
    assert.equal(iopub.filter(({ header }) => header.msg_type === "error").length, 1);
  }

  for (const [name, code] of Object.entries(forms)) {
    test(`${name} ends a later cell, and the cell that has tests`, async () => {
      await assertFails(`${code}\n${waiting}`);
      await assertFails(`${tests}\n${code}\n${waiting}`);
      assert.equal((await kernel.execute("console.log(process.exitCode)")).stdout, "undefined\n");
    });
  }

  // Node takes no microtask's error for a test's.
  for (const [name, code] of Object.entries(forms).filter(([name]) => name !== "a microtask")) {
    test(`${name} of a test fails that test and not the cell`, async () => {
      const { reply, stdout } = await kernel.execute(
        `import { test } from "node:test";
await test("fails by itself", async () => {
  ${code}
  await new Promise((done) => setTimeout(done, 20));
});
"went on"`,
      );
      assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));
      assert.match(stdout, /not ok \d+ - fails by itself|✖ fails by itself/);
    });
  }

  test("an error that comes after the end of its cell is shown as that cell's", async () => {
    const id = kernel.submit(`setTimeout(() => { throw new RangeError("late"); }, 50); "over"`);
    const isError = ({ header, parent_header }: { header: { msg_type: string }; parent_header: object }) =>
      header.msg_type === "error" && "msg_id" in parent_header && parent_header.msg_id === id;
    const { content } = await kernel.waitFor(isError);
    assert.equal(content.evalue, "late");
  });

  test("a cell's own listener gets the errors", async () => {
    const { stdout, reply } = await kernel.execute(`
const heard = new Promise<void>((done) => process.once("uncaughtException", (error) => { console.log("own", error.message); done(); }));
setTimeout(() => { throw new RangeError("late"); });
await heard;`);
    assert.deepEqual([reply.content.status, stdout], ["ok", "own late\n"]);
    const rejected = await kernel.execute(`
const told = new Promise<void>((done) => process.once("unhandledRejection", (reason, promise) => { console.log(String(reason), promise instanceof Promise); done(); }));
void Promise.reject("late");
await told;`);
    assert.deepEqual([rejected.reply.content.status, rejected.stdout], ["ok", "late true\n"]);
    await assertFails(`${forms["a timer that throws"]}\n${waiting}`);
  });
});
