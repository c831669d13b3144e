import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Subscriber } from "zeromq";
import { KernelClient, outputsOf } from "../helpers/kernel-client.js";

describe("output", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  test("200,000 lines arrive complete, in order and in few messages", async () => {
    const count = 200_000;
    const { stdout, types } = await kernel.execute(
      `for (let i = 0; i < ${count}; i++) console.log("line " + i);`,
    );
    const expected = Array.from({ length: count }, (_, index) => `line ${index}\n`).join("");
    assert.equal(stdout.length, expected.length);
    assert.ok(stdout === expected);
    assert.ok(types.length < 1000, `${types.length} messages`);
  });

  test("300 small cells sent at once keep every reply, every idle and every line", async () => {
    const ids = Array.from({ length: 300 }, (_, index) => kernel.submit(`console.log(${index}); ${index}`));
    const exchanges = await Promise.all(ids.map((id) => kernel.exchange(id)));
    const texts = exchanges.map(({ iopub }) => outputsOf(iopub).stdout);
    assert.deepEqual(
      texts,
      ids.map((_, index) => `${index}\n`),
    );
    assert.ok(exchanges.every(({ reply }) => reply.content.status === "ok"));
  });

  test("a loop's output shows while the loop runs", async () => {
    const id = kernel.submit(
      `console.log("first"); console.log("second"); console.error("third");
       const end = Date.now() + 60_000; while (Date.now() < end) {}`,
    );
    const texts = (name: string) =>
      kernel.iopub
        .filter(({ parent_header, content }) => parent_header.msg_id === id && content.name === name)
        .map(({ content }) => content.text)
        .join("");
    await kernel.waitFor(() => texts("stdout") === "first\nsecond\n" && texts("stderr") === "third\n");
    kernel.send("interrupt_request", {}, "control");
    await kernel.exchange(id);
  });

  test("stdout, stderr and displays keep their order", async () => {
    const { iopub } = await kernel.execute(
      `console.log("a"); console.error("b"); display("c"); console.log("d"); console.log("e"); 5`,
    );
    const order = iopub.flatMap(({ header, content }) =>
      header.msg_type === "status" || header.msg_type === "execute_input"
        ? []
        : [content.text ?? content.data["text/plain"]],
    );
    assert.deepEqual(order, ["a\n", "b\n", "'c'", "d\ne\n", "5"]);
  });

  test("process.stdout.write keeps Node's contract", async () => {
    const { stdout, result } = await kernel.execute(`
      const bytes = Buffer.from("€");
      process.stdout.write("616263", "hex");
      process.stdout.write(bytes.subarray(0, 1));
      process.stdout.write(bytes.subarray(1));
      const error = await new Promise((resolve) => process.stdout.write("x", resolve));
      const done = await new Promise((resolve) => process.stdout.write("y", "utf8", () => resolve("called")));
      let thrown = ""; try { process.stdout.write(5 as any); } catch (e: any) { thrown = e.code; }
      process.stdout.cork(); process.stdout.write("z"); process.stdout.uncork();
      process.stdout.end("!");
      [process.stdout.write("?"), error ?? null, done, thrown, process.stdout.writable]`);
    assert.equal(stdout, "abc€xyz!?");
    assert.equal(result, "[ true, null, 'called', 'ERR_INVALID_ARG_TYPE', false ]");
  });

  test("a slow reader loses nothing, and memory stays bounded meanwhile", async () => {
    const slow = new Subscriber({ linger: 0, receiveHighWaterMark: 1 });
    slow.connect(kernel.address("iopub"));
    slow.subscribe();
    // The welcome: from here on it gets everything.
    await slow.receive();
    let bytes = 0;
    const reading = (async () => {
      for await (const frames of slow) {
        const text = JSON.parse(String(frames.at(-1))).text ?? "";
        bytes += text.length;
        await delay(1);
      }
    })();
    const megabytes = 400;
    const { result, reply } = await kernel.execute(`
      const line = "x".repeat(1023) + "\\n";
      const before = process.memoryUsage().rss;
      let most = 0;
      for (let i = 0; i < ${megabytes} * 1024; i++) {
        process.stdout.write(line);
        if (i % 1024 === 0) most = Math.max(most, process.memoryUsage().rss);
      }
      Math.round((most - before) / 2 ** 20)`);
    assert.equal(reply.content.status, "ok", reply.content.evalue);
    while (bytes < megabytes * 2 ** 20) {
      await delay(10);
    }
    slow.close();
    await reading;
    assert.equal(bytes, megabytes * 2 ** 20);
    assert.ok(Number(result) < 300, `${result} MB`);
  });
});
