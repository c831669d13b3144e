import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

/** What runs for ever, by the way it does so; each says "started" first. */
const endless: Record<string, string> = {
  "a busy loop": `console.log("started"); while (true) {}`,
  "a busy loop that prints": `console.log("started"); while (true) console.log("x");`,
  "a busy loop that catches everything": `console.log("started"); while (true) { try { while (true) {} } catch {} finally { for (;;) {} } }`,
  "a busy loop after an await": `console.log("started"); await null; while (true) {}`,
  "a busy loop in a timer": `await new Promise(() => setTimeout(() => { console.log("started"); while (true) {} }, 1));`,
  "a busy loop in an immediate": `await new Promise(() => setImmediate(() => { console.log("started"); while (true) {} }));`,
  "a busy loop in the second of two immediates": `await new Promise(() => { setImmediate(() => {}); setImmediate(() => { console.log("started"); while (true) {} }); });`,
  "ticks without end": `const tick = () => { process.nextTick(tick); }; tick(); console.log("started"); await new Promise(() => {});`,
  "ticks without end that the cell leaves behind": `const tick = () => { process.nextTick(tick); }; tick(); console.log("started");`,
  "microtasks without end that the cell leaves behind": `const task = () => { queueMicrotask(task); }; task(); console.log("started");`,
  "awaits without end": `console.log("started"); for (;;) await null;`,
  "awaits without end in a function": `console.log("started"); const spin = async () => { for (;;) await null; }; await spin();`,
  "a pending await": `console.log("started"); await new Promise(() => {});`,
  "a synchronous wait": `console.log("started"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
  "a wait for a child process": `import { execSync } from "node:child_process"; console.log("started"); execSync("sleep 100; true");`,
  "a regular expression that takes for ever": `console.log("started"); /^(a+)+$/.test("a".repeat(60) + "b");`,
};

describe("interrupt_request", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  for (const [name, code] of Object.entries(endless)) {
    test(`ends ${name}; the next cell runs at once`, async () => {
      const id = kernel.submit(`let mark = ${JSON.stringify(name)}; ${code}`);
      await kernel.waitFor(
        ({ parent_header, content }) => parent_header.msg_id === id && content.text?.includes("started"),
      );
      const exchange = kernel.exchange(id);
      const { reply: answer } = await kernel.request("interrupt_request", {}, "control");
      assert.equal(answer.header.msg_type, "interrupt_reply");
      const { reply, iopub } = await exchange;
      assert.deepEqual([reply.content.status, reply.content.ename], ["error", "KeyboardInterrupt"]);
      assert.equal(iopub.filter(({ header }) => header.msg_type === "error").length, 1);
      assert.equal((await kernel.execute("mark")).result, `'${name}'`);
    });
  }

  test("ends a cell that comes while an earlier interrupt is hardly over", async () => {
    const first = kernel.submit(`console.log("started"); while (true) {}`);
    await kernel.waitFor(
      ({ parent_header, content }) => parent_header.msg_id === first && content.text === "started\n",
    );
    let exchange = kernel.exchange(first);
    kernel.send("interrupt_request", {}, "control");
    for (let round = 0; round < 3; round++) {
      await exchange;
      const id = kernel.submit("while (true) {}");
      exchange = kernel.exchange(id);
      await kernel.waitFor(
        ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === "execute_input",
      );
      kernel.send("interrupt_request", {}, "control");
    }
    assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
    assert.equal((await kernel.execute("'next'")).result, "'next'");
  });

  test("aborts the cells that wait", async () => {
    const running = kernel.submit(`console.log("started"); await new Promise(() => {})`);
    const waiting = kernel.submit("1");
    await kernel.waitFor(
      ({ parent_header, content }) => parent_header.msg_id === running && content.text === "started\n",
    );
    const exchanges = [running, waiting].map((id) => kernel.exchange(id));
    await kernel.request("interrupt_request", {}, "control");
    const statuses = (await Promise.all(exchanges)).map(({ reply }) => reply.content.status);
    assert.deepEqual(statuses, ["error", "aborted"]);
  });

  test("leaves to run the immediates that wait behind the one it ends", async () => {
    for (const before of [0, 1]) {
      const id = kernel.submit(`
        const later${before} = setImmediate;
        let after${before}!: () => void;
        const done${before} = new Promise<void>((resolve) => { after${before} = resolve; });
        for (let count = 0; count < ${before}; count++) setImmediate(() => {});
        setImmediate(() => { console.log("started"); while (true) {} });
        later${before}(after${before});
        await new Promise(() => {});`);
      await kernel.waitFor(
        ({ parent_header, content }) => parent_header.msg_id === id && content.text === "started\n",
      );
      const exchange = kernel.exchange(id);
      await kernel.request("interrupt_request", {}, "control");
      await exchange;
      assert.equal((await kernel.execute(`await done${before}; "called"`)).result, "'called'");
    }
  });

  test("leaves a loop's variables as they were in one of its last rounds", async () => {
    const id = kernel.submit(`
      let rounds = 0, half = 0.5, parity = "even", big = 0n;
      console.log("started");
      while (true) { rounds++; half++; parity = parity === "even" ? "odd" : "even"; big += 1n }`);
    await kernel.waitFor(
      ({ parent_header, content }) => parent_header.msg_id === id && content.text === "started\n",
    );
    const exchange = kernel.exchange(id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await kernel.request("interrupt_request", {}, "control");
    await exchange;
    const { result } = await kernel.execute(
      `[rounds > 0, half - rounds, parity === (rounds % 2 ? "odd" : "even"), big === BigInt(rounds)]`,
    );
    assert.equal(result, "[ true, 0.5, true, true ]");
  });

  test("harms nothing when nothing runs, many times over", async () => {
    for (let round = 0; round < 20; round++) {
      await kernel.request("interrupt_request", {}, "control");
    }
    assert.equal((await kernel.execute("'alive'")).result, "'alive'");
  });
});

test("the control channel answers and publishes its busy and idle while a cell is busy", async () => {
  const kernel = await KernelClient.start();
  try {
    const id = kernel.submit(`console.log("started"); while (true) {}`);
    await kernel.waitFor(({ content }) => content.text === "started\n");
    const { reply, iopub } = await kernel.request("kernel_info_request", {}, "control");
    assert.equal(reply.content.status, "ok");
    assert.deepEqual(
      iopub.map(({ content }) => content.execution_state),
      ["busy", "idle"],
    );
    const exchange = kernel.exchange(id);
    kernel.send("interrupt_request", {}, "control");
    await exchange;
  } finally {
    await kernel.stop();
  }
});
