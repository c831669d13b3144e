import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { JupyterMessage } from "../helpers/jupyter-message.js";
import { KernelClient } from "../helpers/kernel-client.js";

const root = path.resolve(import.meta.dirname, "../../..");

describe("comms", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start({ cwd: root });
    const { reply } = await kernel.execute('import { commManager, createComm } from "poolbook/display";');
    assert.equal(reply.content.status, "ok", reply.content.evalue);
  });
  after(() => kernel.stop());

  const ok = async (code: string) => {
    const exchange = await kernel.execute(code);
    assert.equal(exchange.reply.content.status, "ok", exchange.reply.content.evalue);
    return exchange;
  };
  const say = (
    type: "comm_open" | "comm_msg" | "comm_close",
    content: object,
    parts: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] } = {},
  ) => kernel.tell(type, { data: {}, ...content }, parts);
  const types = (messages: JupyterMessage[]) => messages.map(({ header }) => header.msg_type);

  test("a comm that a cell opens says so with data, metadata and buffers, and is in comm_info", async () => {
    const { iopub } = await ok(
      `const mine = createComm({ targetName: "viewer", commId: "mine", data: { a: [1] }, metadata: { version: "2" },
        buffers: [new Uint8Array([1, 2]), new Float32Array([1]).buffer] });`,
    );
    const opened = iopub.find(({ header }) => header.msg_type === "comm_open");
    assert.deepEqual(opened?.content, { comm_id: "mine", target_name: "viewer", data: { a: [1] } });
    assert.deepEqual(opened.metadata, { version: "2" });
    assert.deepEqual(
      opened.buffers.map((buffer) => [...buffer]),
      [
        [1, 2],
        [0, 0, 128, 63],
      ],
    );
    const info = async (content: Record<string, unknown>, channel: "shell" | "control" = "shell") =>
      (await kernel.request("comm_info_request", content, channel)).reply.content;
    assert.deepEqual(await info({}), { status: "ok", comms: { mine: { target_name: "viewer" } } });
    assert.deepEqual((await info({ target_name: "viewer" }, "control")).comms, {
      mine: { target_name: "viewer" },
    });
    assert.deepEqual((await info({ target_name: "other" })).comms, {});
  });

  test("onMsg() gets data, metadata and buffers; what it sends is a child of that message", async () => {
    await ok(
      `mine.onMsg(({ data, metadata, buffers }) => {
        console.log("got", data, metadata, buffers);
        mine.send({ twice: 2 * Number(data.n) }, { buffers: [buffers[0]] });
      });`,
    );
    const messages = await say(
      "comm_msg",
      { comm_id: "mine", data: { n: 4 } },
      { metadata: { m: 1 }, buffers: [new Uint8Array([7, 8, 9])] },
    );
    assert.deepEqual(types(messages), ["status", "comm_msg", "status"]);
    assert.deepEqual(messages[1]?.content, { comm_id: "mine", data: { twice: 8 } });
    assert.deepEqual(
      messages[1].buffers.map((buffer) => [...buffer]),
      [[7, 8, 9]],
    );
  });

  test("the output of a callback is that of the cell that registered it", async () => {
    const { iopub } = await ok(
      `mine.onMsg(({ data }) => { console.log("value", data.n); display(data.n); });`,
    );
    const request = iopub[0]?.parent_header.msg_id;
    await say("comm_msg", { comm_id: "mine", data: { n: 5 } });
    const isOfCell = (message: JupyterMessage) => message.parent_header.msg_id === request;
    await kernel.waitFor((message) => isOfCell(message) && message.content.text === "value 5\n");
    const shown = await kernel.waitFor((message) => isOfCell(message) && message.content.data !== undefined);
    assert.deepEqual(shown.content.data, { "text/plain": "5" });
  });

  test("a callback that throws shows its error below its cell, and harms nothing", async () => {
    const { iopub } = await ok(`mine.onMsg(() => { throw new RangeError("no such value"); });`);
    await say("comm_msg", { comm_id: "mine", data: {} });
    const error = await kernel.waitFor(({ header }) => header.msg_type === "error");
    assert.equal(error.parent_header.msg_id, iopub[0]?.parent_header.msg_id);
    assert.deepEqual([error.content.ename, error.content.evalue], ["RangeError", "no such value"]);
    assert.match(error.content.traceback.join("\n"), /cell\[\d+\]\.ts:1:/);
    await ok("mine.onMsg(async () => { throw new RangeError('late'); });");
    await say("comm_msg", { comm_id: "mine", data: {} });
    await kernel.waitFor(({ header, content }) => header.msg_type === "error" && content.evalue === "late");
    assert.equal((await ok("'alive'")).result, "'alive'");
  });

  test("a callback that never ends is interrupted, which its cell says", async () => {
    await ok("mine.onMsg(() => { mine.send({ begun: true }); for (;;) {} });");
    const said = say("comm_msg", { comm_id: "mine", data: {} });
    await kernel.waitFor(({ content }) => content.data?.begun === true);
    await kernel.request("interrupt_request", {}, "control");
    assert.deepEqual(types(await said), ["status", "comm_msg", "status"]);
    await kernel.waitFor(({ content }) => content.ename === "KeyboardInterrupt");
    await ok("mine.onMsg(() => mine.send({ again: 1 }))");
    assert.deepEqual(types(await say("comm_msg", { comm_id: "mine" })), ["status", "comm_msg", "status"]);
  });

  test("registerTarget() takes comms that the front end opens; one of a target that nobody knows is closed", async () => {
    await ok(
      `commManager.registerTarget("calculator", (comm, { data }) => {
        comm.send({ hello: data.name });
        comm.onMsg(({ data }) => comm.send({ sum: Number(data.a) + Number(data.b) }));
        comm.onClose(({ data }) => console.log("closed", data));
      });`,
    );
    const opened = await say("comm_open", {
      comm_id: "c",
      target_name: "calculator",
      data: { name: "front" },
    });
    assert.deepEqual(opened[1]?.content, { comm_id: "c", data: { hello: "front" } });
    const answered = await say("comm_msg", { comm_id: "c", data: { a: 1, b: 2 } });
    assert.deepEqual(answered[1]?.content, { comm_id: "c", data: { sum: 3 } });
    assert.equal((await ok("commManager.comms.get('c')?.targetName")).result, "'calculator'");
    assert.deepEqual(types(await say("comm_close", { comm_id: "c", data: { why: "done" } })), [
      "status",
      "status",
    ]);
    await kernel.waitFor(({ content }) => content.text === "closed { why: 'done' }\n");
    assert.equal((await ok("commManager.comms.has('c')")).result, "false");
    const refused = await say("comm_open", { comm_id: "d", target_name: "unknown" });
    assert.deepEqual(types(refused), ["status", "comm_close", "status"]);
    assert.equal(refused[1]?.content.comm_id, "d");
    await ok('commManager.unregisterTarget("calculator")');
    assert.equal(types(await say("comm_open", { comm_id: "e", target_name: "calculator" }))[1], "comm_close");
  });

  test("a target that throws closes its comm", async () => {
    await ok(`commManager.registerTarget("broken", () => { throw new Error("target"); });`);
    const messages = await say("comm_open", { comm_id: "f", target_name: "broken" });
    assert.ok(types(messages).includes("comm_close"));
    await kernel.waitFor(({ content }) => content.evalue === "target");
    const { reply } = await kernel.request("comm_info_request", { target_name: "broken" });
    assert.deepEqual(reply.content.comms, {});
  });

  test("a comm that is closed refuses to send; messages to it harm nothing", async () => {
    const { iopub } = await ok("mine.close({ over: true }); mine.close();");
    const closes = iopub.filter(({ header }) => header.msg_type === "comm_close");
    assert.deepEqual(
      closes.map(({ content }) => content),
      [{ comm_id: "mine", data: { over: true } }],
    );
    const { reply } = await kernel.execute("mine.send({})");
    assert.match(reply.content.evalue, /Cannot send on the comm "mine": it is closed/);
    assert.deepEqual(types(await say("comm_msg", { comm_id: "mine" })), ["status", "status"]);
    assert.match(
      (await kernel.execute("createComm({ targetName: 't', data: { n: 1n } })")).reply.content.evalue,
      /BigInt/,
    );
  });

  test("comm messages wait for the cell that runs and come in their order", async () => {
    await ok(`const order: unknown[] = [];
      const queue = createComm({ targetName: "q", commId: "queue" });
      queue.onMsg(({ data }) => order.push(data.n));`);
    const busy = kernel.submit(
      "order.push('cell'); const end = Date.now() + 100; while (Date.now() < end); order.push('end');",
    );
    await Promise.all([
      kernel.exchange(busy),
      ...[1, 2, 3].map((n) => say("comm_msg", { comm_id: "queue", data: { n } })),
    ]);
    assert.equal((await ok("order.join()")).result, "'cell,end,1,2,3'");
    assert.equal(kernel.log, "");
  });
});
