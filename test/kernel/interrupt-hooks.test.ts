import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

/** What enables async hooks, in whatever way, before something runs for ever. */
const enabling: Record<string, string> = {
  "hooks of the user's own": `
    import { createHook } from "node:async_hooks";
    let created = 0;
    createHook({ init() { created++; }, before() {}, after() {}, destroy() {}, promiseResolve() {} }).enable();`,
  "a hook that only sees beginnings": `
    import { createHook } from "node:async_hooks";
    createHook({ init() {} }).enable();`,
  "node:test": `import test from "node:test"; typeof test;`,
  "node:domain": `import domain from "node:domain"; const area = domain.create(); area.run(() => {});`,
  trace_events: `
    import { createTracing } from "node:trace_events";
    createTracing({ categories: ["node.async_hooks"] }).enable();`,
  "an AsyncLocalStorage": `
    import { AsyncLocalStorage } from "node:async_hooks";
    const storage = new AsyncLocalStorage<string>(); storage.enterWith("kept");`,
};

const endless: Record<string, string> = {
  "awaits without end": `console.log("started"); for (;;) await null;`,
  "awaits without end in many functions": `
    const spin = async () => { for (;;) await Promise.all([null, new Promise((done) => done(null))]); };
    console.log("started"); await Promise.all([spin(), spin(), spin()]);`,
  "a busy loop": `console.log("started"); while (true) {}`,
  "a busy timer": `await new Promise(() => setTimeout(() => { console.log("started"); while (true) {} }, 1));`,
  "a busy loop after an await in a timer": `
    await new Promise(() => setTimeout(async () => { await null; console.log("started"); for (;;) {} }, 1));`,
  "ticks without end": `const tick = () => { process.nextTick(tick); }; tick(); console.log("started"); await new Promise(() => {});`,
  "immediates that await": `
    const again = () => setImmediate(async () => { await null; again(); }); again();
    console.log("started"); await new Promise(() => {});`,
};

async function interrupt(kernel: KernelClient, code: string): Promise<void> {
  const id = kernel.submit(code);
  await kernel.waitFor(
    ({ parent_header, content }) => parent_header.msg_id === id && content.text?.includes("started"),
  );
  const exchange = kernel.exchange(id);
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await exchange;
  assert.deepEqual([reply.content.status, reply.content.ename], ["error", "KeyboardInterrupt"]);
}

for (const [hooks, enable] of Object.entries(enabling)) {
  describe(`interrupt_request with ${hooks}`, () => {
    let kernel: KernelClient;
    before(async () => {
      kernel = await KernelClient.start();
      await kernel.execute(enable);
    });
    after(() => kernel.stop());

    for (const [name, code] of Object.entries(endless)) {
      test(`ends ${name}; the kernel lives`, async () => {
        await interrupt(kernel, code);
        assert.equal((await kernel.execute("await null; 'alive'")).result, "'alive'");
        assert.equal(kernel.hasExited, false);
      });
    }
  });
}

test("hooks and stores do after an interrupt what they did before", async () => {
  const kernel = await KernelClient.start();
  try {
    await kernel.execute(`
      import { AsyncLocalStorage, createHook } from "node:async_hooks";
      let timers = 0;
      const hook = createHook({ init(id, type) { if (type === "Timeout") timers++; } }).enable();
      const storage = new AsyncLocalStorage<string>();
      const sleep = () => new Promise((resolve) => setTimeout(resolve, 1));`);
    for (const code of Object.values(endless)) {
      await interrupt(kernel, code);
      const { result } = await kernel.execute(`
        const earlier = timers;
        await sleep();
        const stored = await storage.run("inside", async () => { await sleep(); return storage.getStore(); });
        [timers - earlier, stored]`);
      assert.equal(result, "[ 2, 'inside' ]");
    }
    const { result } = await kernel.execute(
      "hook.disable(); const last = timers; await sleep(); timers - last",
    );
    assert.equal(result, "0");
  } finally {
    await kernel.stop();
  }
});

test("an interrupt ends a hook that never ends; other hooks are enabled and disabled as before", async () => {
  const kernel = await KernelClient.start();
  try {
    await kernel.execute(`
      import { AsyncLocalStorage, AsyncResource, createHook } from "node:async_hooks";
      let isEndless = true, created = 0;
      const hook = createHook({ init(id, type) {
        if (type !== "Own") return;
        created++;
        if (isEndless) { console.log("started"); while (true) {} }
      } }).enable();
      const storage = new AsyncLocalStorage<string>();`);
    await interrupt(kernel, `new AsyncResource("Own")`);
    const { result } = await kernel.execute(`
      isEndless = false;
      new AsyncResource("Own");
      const stored = await storage.run("inside", async () => { await null; return storage.getStore(); });
      hook.disable();
      new AsyncResource("Own");
      [created, stored]`);
    assert.equal(result, "[ 2, 'inside' ]");
  } finally {
    await kernel.stop();
  }
});
