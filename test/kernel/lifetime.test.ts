import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { NewConnectionFile } from "#dist/jupyter/new-connection-file.js";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { KernelClient } from "../helpers/kernel-client.js";
import { isAlive } from "../helpers/processes.js";

const holdOpen = `
  import { createServer } from "node:http";
  import { spawn } from "node:child_process";
  createServer().listen(0); setInterval(() => {}, 1000);
  const child = spawn("sleep", ["1000"]); console.log("child " + child.pid);`;
const busy = "console.log('busy'); while (true) {}";

/** Far more than a kernel needs to start and to end, also on a machine with other work. */
const limit = { timeout: 120_000 };

/** Waits until the process is gone; the test's own time limit is what ends this otherwise. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) {
    await delay(10);
  }
}

async function startWithChild(isBusy: boolean, env?: NodeJS.ProcessEnv) {
  const kernel = await KernelClient.start({ env });
  const { stdout } = await kernel.execute(holdOpen);
  if (isBusy) {
    kernel.submit(busy);
    await kernel.waitFor(({ content }) => content.text === "busy\n");
  }
  return { kernel, child: Number(stdout.match(/child (\d+)/)?.[1]) };
}

describe("the kernel and its children end", () => {
  const kernels: KernelClient[] = [];
  after(() => Promise.all(kernels.map((kernel) => kernel.stop())));

  for (const isBusy of [false, true]) {
    const state = isBusy ? "while a cell is busy" : "with open servers and intervals";

    test(`by SIGTERM, ${state}`, limit, async () => {
      const { kernel, child } = await startWithChild(isBusy);
      kernels.push(kernel);
      kernel.process.kill("SIGTERM");
      await Promise.all([kernel.exited(), gone(child)]);
    });

    test(`by shutdown_request, ${state}, which is answered`, limit, async () => {
      const { kernel, child } = await startWithChild(isBusy);
      kernels.push(kernel);
      const { reply } = await kernel.request("shutdown_request", { restart: isBusy }, "control");
      assert.deepEqual(reply.content, { status: "ok", restart: isBusy });
      await Promise.all([kernel.exited(), gone(child)]);
    });

    test(`when the parent dies, ${state}`, limit, async () => {
      const parent = spawn("sleep", ["1000"]);
      const { kernel, child } = await startWithChild(isBusy, { JPY_PARENT_PID: String(parent.pid) });
      kernels.push(kernel);
      parent.kill("SIGKILL");
      await Promise.all([kernel.exited(), gone(child)]);
    });
  }

  test("when the parent died while the kernel started", limit, async () => {
    const parent = spawn("true");
    await once(parent, "exit");
    const kernel = await KernelClient.spawn({ env: { JPY_PARENT_PID: String(parent.pid) } });
    kernels.push(kernel);
    await kernel.exited();
  });

  test("process.exit(n) ends it with n, and what was printed before arrives", limit, async () => {
    const kernel = await KernelClient.start();
    kernels.push(kernel);
    const lines = 50_000;
    const id = kernel.submit(`for (let i = 0; i < ${lines}; i++) console.log("line " + i); process.exit(7);`);
    const last = kernel.waitFor(
      ({ parent_header, content }) =>
        parent_header.msg_id === id && content.text?.endsWith(`line ${lines - 1}\n`),
    );
    assert.equal((await kernel.exited()).code, 7);
    await last;
  });
});

test("an unreadable connection file is one clear line", limit, async () => {
  const [command = "", ...args] = kernelspec().argv.map((part) =>
    part.replace("{connection_file}", "/nowhere/file.json"),
  );
  const child = spawn(command, args);
  let text = "";
  child.stderr.on("data", (data) => {
    text += data;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 2);
  assert.match(text, /^poolbook kernel: Cannot read the connection file \/nowhere\/file\.json: .*\n$/);
});

test("a kernel whose port is taken says so and ends with 1", limit, async () => {
  const file = await NewConnectionFile.create({ kernelName: "tslab", transport: "tcp" });
  const taker = createServer().listen(file.connection.shell_port, "127.0.0.1");
  try {
    await once(taker, "listening");
    const [command = "", ...args] = kernelspec().argv.map((part) =>
      part.replace("{connection_file}", file.path),
    );
    const child = spawn(command, args);
    let text = "";
    child.stderr.on("data", (data) => {
      text += data;
    });
    const [code] = await once(child, "close");
    assert.match(text, /^The kernel cannot speak to its front end: Address already in use\n$/);
    assert.equal(code, 1);
  } finally {
    taker.close();
    file.remove();
  }
});
