import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

/** Code that would count for ever, by the way it goes on; it counts in `count` and waits with `delay`. */
const goingOn: Record<string, string> = {
  "a loop over await": "while (true) { await delay(5); count++; }",
  "a loop that catches and tries again":
    "while (true) { try { await delay(5); count++; throw 1; } catch { count++; } }",
  "a loop with a finally that continues":
    "while (true) { try { await delay(5); count++; } finally { continue; } }",
  "for await over a timer": "for await (const _ of every(5)) count++;",
  "an async generator": `
    async function* numbers() { for (;;) { await delay(5); yield count++; } }
    for await (const _ of numbers()) {}`,
  "promises that call each other": `
    const again = (): Promise<void> => delay(5).then(() => { count++; return again(); }); await again();`,
  "promises that fail and are asked again": `
    const retry = (): Promise<void> => delay(5).then(() => { count++; throw 1; }).catch(() => retry()); await retry();`,
  "an interval": "setInterval(() => { count++; }, 5); await new Promise(() => {});",
  "timers that set each other":
    "const tick = () => { count++; setTimeout(tick, 5); }; tick(); await new Promise(() => {});",
  "immediates that set each other":
    "const tick = () => { count++; setImmediate(tick); }; tick(); await new Promise(() => {});",
  "functions that run at the same time": `
    const count1 = async () => { for (;;) { await delay(5); count++; } };
    await Promise.all([count1(), count1(), Promise.race([count1(), count1()])]);`,
  "a function of an earlier cell": "await countForEver();",
  "a function of a module": "await countElsewhere(() => { count++; });",
  "a function that nobody waits for": "void countForEver(); await new Promise(() => {});",
  "an emitter": `
    const emitter = new EventEmitter();
    emitter.on("tick", () => { count++; });
    const feed = Reflect.get(globalThis, "setInterval"); feed(() => emitter.emit("tick"), 5);
    await new Promise(() => {});`,
  "a listener of an earlier cell's emitter":
    "clock.on('tick', () => { count++; }); await new Promise(() => {});",
  "a handler of messages": `
    const channel: any = new globalThis.MessageChannel();
    channel.port1.onmessage = () => { count++; channel.port2.postMessage(1); };
    channel.port2.postMessage(1); await new Promise(() => {});`,
  "a worker thread": `
    const worker = new Worker("setInterval(() => require('worker_threads').parentPort.postMessage(1), 5)", { eval: true });
    worker.on("message", () => { count++; }); await new Promise(() => {});`,
  "a child process": `
    const child = spawn(process.execPath, ["-e", "setInterval(() => console.log(1), 5)"]);
    child.stdout.on("data", () => { count++; }); await new Promise(() => {});`,
};

describe("after an interrupt", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
    await kernel.execute(`
      import { writeFileSync } from "node:fs";
      writeFileSync("counting.ts", \`
        import { setTimeout as delay } from "node:timers/promises";
        export async function countElsewhere(count: () => void) { for (;;) { await delay(5); count(); } }\`);`);
    const { reply } = await kernel.execute(`
      import { spawn } from "node:child_process";
      import { EventEmitter } from "node:events";
      import { createServer } from "node:http";
      import { setInterval as every, setTimeout as delay } from "node:timers/promises";
      import { Worker } from "node:worker_threads";
      import { countElsewhere } from "./counting";
      let count = 0, lasting = 0, isLate = false;
      setInterval(() => { lasting++; }, 5);
      const clock = new EventEmitter();
      setInterval(() => clock.emit("tick"), 5);
      const server = createServer((_, response) => response.end("earlier")).listen(0);
      const addressOf = (one: typeof server) => "http://localhost:" + (one.address() as { port: number }).port;
      const countForEver = async () => { for (;;) { await delay(5); count++; } };`);
    assert.equal(reply.content.status, "ok", reply.content.evalue);
  });
  after(() => kernel.stop());

  /** Interrupts the cell when it has counted. */
  async function interruptCounting(code: string): Promise<void> {
    const id = kernel.submit(`
      count = 0;
      queueMicrotask(() => { const watch = Reflect.get(globalThis, "setInterval"); const timer = watch(() => { if (count > 2) { clearInterval(timer); console.log("counts"); } }, 1); });
      ${code}`);
    const exchange = kernel.exchange(id);
    await kernel.waitFor(
      ({ parent_header, content }) => parent_header.msg_id === id && content.text?.includes("counts"),
    );
    await kernel.request("interrupt_request", {}, "control");
    assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
  }

  for (const [name, code] of Object.entries(goingOn)) {
    test(`${name} does not go on`, async () => {
      await interruptCounting(code);
      const { result } = await kernel.execute(
        "const before = count, lastingBefore = lasting; await delay(60); [count - before, lasting > lastingBefore]",
      );
      assert.equal(result, "[ 0, true ]");
    });
  }

  test("nothing of it is put out, and its errors are nobody's", async () => {
    const from = kernel.iopub.length;
    await interruptCounting(`
      const print = Reflect.get(globalThis, "setInterval");
      print(() => { count++; console.log("printed"); display("shown"); if (isLate) throw new Error("late"); }, 5).unref();
      await new Promise(() => {}).finally(() => console.log("finally"));`);
    await kernel.execute("isLate = true; await delay(60)");
    const messages = kernel.iopub.slice(from);
    const idle = messages.findIndex(
      ({ header, content }) => header.msg_type === "error" && content.ename === "KeyboardInterrupt",
    );
    const late = messages
      .slice(idle + 1)
      .filter(({ header }) => !["status", "execute_input"].includes(header.msg_type));
    assert.deepEqual(late, []);
  });

  test("finally cleans up, and does not go on", async () => {
    await interruptCounting(
      `
      const cleaned: unknown[] = [];
      await Promise.all([1, 2].map(async (n) => {
        try { for (;;) { await delay(5); count++; } } finally { cleaned.push(n); await null; cleaned.push("more"); }
      }));`,
    );
    const { result } = await kernel.execute("await delay(60); cleaned");
    assert.equal(result, "[ 1, 2 ]");
  });

  // A key that both sides know, in the place of a certificate.
  const psk = `{ ciphers: "PSK", maxVersion: "TLSv1.2", checkServerIdentity: () => undefined }`;
  for (const [module, serving, asking] of [
    ["http", "{}", "{}"],
    [
      "https",
      `{ ...${psk}, pskCallback: () => Buffer.from("secret") } as object`,
      `{ ...${psk}, pskCallback: () => ({ psk: Buffer.from("secret"), identity: "cell" }) } as object`,
    ],
  ]) {
    test(`a connection of its ${module} server is closed in the middle of a response`, async () => {
      await interruptCounting(`
        import * as ${module} from "node:${module}";
        const ${module}Server = ${module}.createServer(${serving}, (_, response) => { response.write("begun"); }).listen(0);
        const { port: ${module}Port } = ${module}Server.address() as { port: number };
        ${module}.get({ port: ${module}Port, ...${asking} }, (answer) => answer.on("data", () => { count = 3; }));
        await new Promise(() => {});`);
      const { result } = await kernel.execute(
        `await delay(60); [${module}Server.listening, await new Promise((resolve) => ${module}Server.getConnections((_, open) => resolve(open)))]`,
      );
      assert.equal(result, "[ false, 0 ]");
    });
  }

  test("what its child processes have started ends, and prints nothing", async () => {
    await interruptCounting(`
      const loop = "while :; do echo grandchild; sleep 0.01; done";
      const shell = spawn("sh", ["-c", \`sh -c '\${loop}' > /dev/null & echo $!; wait\`]);
      spawn("sh", ["-c", "sh -c '" + loop + "'; :"], { stdio: "inherit" });
      let grandchild = 0;
      shell.stdout.once("data", (text) => { grandchild = parseInt(text); count = 3; });
      await new Promise(() => {});`);
    const from = kernel.iopub.length;
    const { result } = await kernel.execute(`
      const lives = () => { try { return process.kill(grandchild, 0); } catch { return false; } };
      while (lives()) await delay(5);
      await delay(60); grandchild > 0`);
    assert.equal(result, "true");
    assert.deepEqual(
      kernel.iopub.slice(from).filter(({ header }) => header.msg_type === "stream"),
      [],
    );
  });

  test("its servers are closed, those of earlier cells are not", async () => {
    await interruptCounting(`
      const own = createServer((_, response) => response.end("own")).listen(0);
      count = 3; await new Promise(() => {});`);
    const { result } = await kernel.execute(
      "[own.listening, server.listening, await (await fetch(addressOf(server))).text()]",
    );
    assert.equal(result, "[ false, true, 'earlier' ]");
  });

  test("what it declared works in later cells", async () => {
    await interruptCounting(`
      const later = async (n: number) => { await delay(1); return delay(1).then(() => n + 1); };
      const bell = new EventEmitter();
      bell.on("ring", () => { console.log("rings"); });
      count = 3; await new Promise(() => {});`);
    const { result, stdout } = await kernel.execute("bell.emit('ring'); await later(await later(1))");
    assert.deepEqual([result, stdout], ["3", "rings\n"]);
  });
});
