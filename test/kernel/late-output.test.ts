import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Exchange, KernelClient, outputsOf } from "../helpers/kernel-client.js";

describe("what a cell causes after its end", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  const messagesOf = ({ reply }: Exchange) =>
    kernel.iopub.filter(({ parent_header }) => parent_header.msg_id === reply.parent_header.msg_id);

  test("output of timers, promises and workers goes to that cell, not to the newest", async () => {
    const cause = await kernel.execute(`
      import { Worker } from "node:worker_threads";
      setTimeout(() => { console.log("timer"); display("picture"); }, 30);
      (async () => { await new Promise((r) => setTimeout(r, 40)); console.log("promise"); })();
      new Worker("console.log('worker')", { eval: true }); 0`);
    const newest = await kernel.execute(
      "await new Promise((r) => setTimeout(r, 100)); console.log('newest')",
    );
    const lateTexts = ["timer", "promise", "worker"];
    await kernel.waitFor(() => lateTexts.every((text) => outputsOf(messagesOf(cause)).stdout.includes(text)));
    assert.ok(messagesOf(cause).some(({ header }) => header.msg_type === "display_data"));
    assert.equal(outputsOf(messagesOf(newest)).stdout, "newest\n");
  });

  test("an uncaught exception after the end is an error of that cell; the kernel lives", async () => {
    const cause = await kernel.execute("setTimeout(() => { throw new RangeError('too late'); }, 20); 0");
    await kernel.execute("await new Promise((r) => setTimeout(r, 60))");
    await kernel.waitFor(() => messagesOf(cause).some(({ content }) => content.ename === "RangeError"));
    assert.equal((await kernel.execute("'alive'")).result, "'alive'");
  });

  test("an uncaught exception or unhandled rejection fails the cell while it runs", async () => {
    const wait = "await new Promise(() => {})";
    const thrown = await kernel.execute(`setTimeout(() => { throw new RangeError('in time'); }, 5); ${wait}`);
    assert.deepEqual([thrown.reply.content.status, thrown.reply.content.evalue], ["error", "in time"]);
    const rejected = await kernel.execute(
      `void (async () => { throw new TypeError('nobody asked'); })(); ${wait}`,
    );
    assert.deepEqual(
      [rejected.reply.content.ename, rejected.types.filter((type) => type === "error").length],
      ["TypeError", 1],
    );
    const inMicrotask = await kernel.execute("queueMicrotask(() => { throw new Error('micro'); }); 42");
    assert.deepEqual(inMicrotask.types, ["status", "execute_input", "error", "status"]);
    const unseen = await kernel.execute("await new Promise((done) => setTimeout(done, 20)); 'later'");
    assert.equal(unseen.result, "'later'");
    assert.ok(!messagesOf(inMicrotask).some(({ header }) => header.msg_type === "execute_result"));
    const atOnce = await kernel.execute("void Promise.reject(new Error('same turn')); 1");
    assert.equal(atOnce.reply.content.status, "error");
  });
});

test("node:test reports on the tests of the cell that runs, whichever cell had the first test", async () => {
  const kernel = await KernelClient.start({ env: { NODE_TEST_CONTEXT: undefined } });
  try {
    const reports = async (code: string, line: RegExp) => {
      const { reply } = await kernel.execute(code);
      const { msg_id } = reply.parent_header;
      const own = () => kernel.iopub.filter(({ parent_header }) => parent_header.msg_id === msg_id);
      await kernel.waitFor(() => line.test(outputsOf(own()).stdout));
    };
    await reports("import test from 'node:test'; await test('first', () => {});", /^(ok 1 -|✔) first/m);
    await reports("await test('second', () => {});", /^(ok 2 -|✔) second/m);
    await reports("await test('third', () => { throw new Error('wrong') });", /^(not ok 3 -|✖) third/m);
    const fourth = `interface Point { x: number }\n\n  await test("fourth", () => { throw new Error("wrong") });`;
    // Since Node 24 it says the place at the end of the process.
    await reports(fourth, /^not ok 4 - fourth[\s\S]*location: 'cell\[4\]\.ts:3:9'$|^✖ fourth/m);
  } finally {
    await kernel.stop();
  }
});
