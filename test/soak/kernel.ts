import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { KernelClient, outputsOf } from "../helpers/kernel-client.js";

// What takes minutes: many lines, cells, interrupts, restarts and kernels. Prints a line of counts for each.

async function withKernel<T>(body: (kernel: KernelClient) => Promise<T>): Promise<T> {
  const kernel = await KernelClient.start();
  try {
    return await body(kernel);
  } finally {
    await kernel.stop();
  }
}

async function measure(name: string, body: () => Promise<string>): Promise<void> {
  const start = performance.now();
  const counts = await body();
  console.log(`${name}: ${counts} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

async function millionLines(): Promise<string> {
  const count = 1_000_000;
  return withKernel(async (kernel) => {
    const { stdout, types } = await kernel.execute(`for (let i = 0; i < ${count}; i++) console.log(i);`);
    const lines = stdout.split("\n");
    const wrong = lines.findIndex((line, index) => index < count && line !== String(index));
    assert.equal(wrong, -1);
    assert.equal(lines.length, count + 1);
    return `${lines.length - 1} lines in order, ${types.length} messages`;
  });
}

async function tenThousandCells(): Promise<string> {
  const count = 10_000;
  return withKernel(async (kernel) => {
    let lines = 0;
    let idles = 0;
    for (let done = 0; done < count; done += 500) {
      const ids = Array.from({ length: 500 }, (_, index) => kernel.submit(`console.log(${done + index})`));
      const exchanges = await Promise.all(ids.map((id) => kernel.exchange(id)));
      for (const [index, { reply, iopub }] of exchanges.entries()) {
        assert.equal(reply.content.status, "ok");
        lines += Number(outputsOf(iopub).stdout === `${done + index}\n`);
        idles += iopub.filter(({ content }) => content.execution_state === "idle").length;
      }
      kernel.iopub.length = 0;
    }
    assert.deepEqual([lines, idles], [count, count]);
    return `${count} replies, ${idles} idles, ${lines} lines`;
  });
}

// What an interrupt leaves running in the background ends after a second, or it would add up.
const restless = [
  "while (true) {}",
  "while (true) console.log('x');",
  "while (true) { try { JSON.parse('{'); } catch {} finally { Math.random(); } }",
  "for (;;) await null;",
  "for (;;) { await null; console.log('x'); }",
  "await new Promise(() => {});",
  "const spin = async () => { for (;;) await null; }; await Promise.all([spin(), spin()]);",
  "await new Promise(() => setTimeout(() => { while (true) {} }, 5));",
  "const stop = Date.now() + 1000; const timer = setInterval(() => { if (Date.now() > stop) clearInterval(timer); const end = Date.now() + 20; while (Date.now() < end) {} }, 1); await new Promise(() => {});",
  "const tick = () => { process.nextTick(tick); }; tick(); await new Promise(() => {});",
  "const stop = Date.now() + 1000; const immediate = () => { if (Date.now() < stop) setImmediate(immediate); }; immediate(); await new Promise(() => {});",
  "for (const stop = Date.now() + 1000; Date.now() < stop; ) await new Promise((resolve) => setTimeout(resolve, 1)); await new Promise(() => {});",
  "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "for (;;) display({ a: [1, 2, 3] });",
  "import { readFileSync } from 'node:fs'; for (;;) readFileSync('/dev/null');",
  "let text = ''; for (let i = 0; ; i++) { text += i; if (text.length > 1e6) text = ''; }",
  "/^(a+)+$/.test('a'.repeat(60) + 'b');",
];

async function interrupts(): Promise<string> {
  const count = 200;
  return withKernel(async (kernel) => {
    let interrupted = 0;
    let longest = 0;
    for (let round = 0; round < count; round++) {
      const code = restless[Math.floor(Math.random() * restless.length)] ?? "";
      const id = kernel.submit(`{ ${code} }`.replace(/^\{ (import [^;]*;)/, "$1 {"));
      const exchange = kernel.exchange(id);
      await kernel.waitFor(
        ({ parent_header, header }) => header.msg_type === "execute_input" && parent_header.msg_id === id,
      );
      await delay(Math.random() * 100);
      const start = performance.now();
      kernel.send("interrupt_request", {}, "control");
      const { reply } = await exchange;
      longest = Math.max(longest, performance.now() - start);
      assert.equal(reply.content.status, "error", code);
      interrupted += Number(reply.content.ename === "KeyboardInterrupt");
      kernel.iopub.length = 0;
      await settle(kernel, round);
    }
    assert.equal(interrupted, count);
    return `${interrupted} interrupted, the slowest after ${Math.round(longest)} ms`;
  });
}

/** What an interrupted cell left behind may keep the thread busy, until it is interrupted too. */
async function settle(kernel: KernelClient, round: number): Promise<void> {
  const id = kernel.submit(`${round}`);
  const exchange = kernel.exchange(id);
  for (let tries = 0; ; tries++) {
    const done = await Promise.race([exchange, delay(1000)]);
    if (done) {
      if (done.reply.content.status === "ok") {
        return;
      }
      return settle(kernel, round);
    }
    assert.ok(tries < 10, "The kernel does not run the next cell");
    kernel.send("interrupt_request", {}, "control");
  }
}

async function restarts(): Promise<string> {
  const count = 100;
  let answered = 0;
  for (let round = 0; round < count; round++) {
    const kernel = await KernelClient.start({ transport: round % 2 === 0 ? "ipc" : "tcp" });
    try {
      await kernel.execute("setInterval(() => {}, 1000); 1");
      const { reply } = await kernel.request("shutdown_request", { restart: true }, "control");
      assert.equal((await kernel.exited()).code, 0);
      answered += Number(reply.content.restart);
    } finally {
      await kernel.stop();
    }
  }
  assert.equal(answered, count);
  return `${answered} shutdowns answered, every process ended with 0`;
}

async function tenKernels(): Promise<string> {
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      withKernel(async (kernel) => {
        const { stdout } = await kernel.execute(`for (let i = 0; i < 10_000; i++) console.log(${index}, i);`);
        return stdout.split("\n").length - 1;
      }),
    ),
  );
  assert.deepEqual(results, Array(10).fill(10_000));
  return `${results.length} kernels at once, ${results.reduce((sum, lines) => sum + lines)} lines`;
}

await measure("lines", millionLines);
await measure("cells", tenThousandCells);
await measure("interrupts", interrupts);
await measure("restarts", restarts);
await measure("kernels", tenKernels);
