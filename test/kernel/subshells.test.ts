import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { JsonObject } from "#dist/jupyter/json-object.js";
import type { JupyterMessage } from "../helpers/jupyter-message.js";
import { type Exchange, KernelClient, outputsOf } from "../helpers/kernel-client.js";

const root = path.resolve(import.meta.dirname, "../../..");

describe("subshells", () => {
  let kernel: KernelClient;
  let subshell: string;
  before(async () => {
    kernel = await KernelClient.start({ cwd: root });
    subshell = (await control("create_subshell_request")).subshell_id;
    await kernel.execute(
      "const gates = new Map<string, () => void>(); const gate = (name: string) => new Promise<void>((open) => gates.set(name, open)); let shared = 0;",
    );
  });
  after(() => kernel.stop());

  const control = async (type: string, content: JsonObject = {}) =>
    (await kernel.request(type, content, "control")).reply.content;
  /** Begins to wait for it at once: a reply that comes before is not kept. */
  const finished = async (id: string) => {
    const exchange: Exchange = await kernel.exchange(id);
    return { ...exchange, ...outputsOf(exchange.iopub), content: exchange.reply.content };
  };
  const run = (code: string, shell = subshell, options: object = {}) =>
    finished(kernel.submit(code, options, shell));
  /** Starts a cell of the main shell, and resolves when it waits at its gate. */
  const waiting = async (name: string, rest = "") => {
    const id = kernel.submit(`console.log("at ${name}"); await gate("${name}"); ${rest}`);
    const end = finished(id);
    await kernel.waitFor(({ content }) => content.text === `at ${name}\n`);
    return { id, end };
  };
  const open = (name: string) => run(`gates.get("${name}")?.()`);

  test("they are created, listed and deleted on the control channel, and kernel_info says so", async () => {
    const { reply } = await kernel.request("kernel_info_request", {});
    assert.ok(reply.content.supported_features.includes("kernel subshells"));
    const { status, subshell_id } = await control("create_subshell_request");
    assert.equal(status, "ok");
    assert.deepEqual((await control("list_subshell_request")).subshell_id, [subshell, subshell_id]);
    assert.equal((await control("delete_subshell_request", { subshell_id })).status, "ok");
    assert.deepEqual((await control("list_subshell_request")).subshell_id, [subshell]);
    assert.equal((await control("delete_subshell_request", { subshell_id })).status, "error");
  });

  test("a request for a subshell that is not there is refused, with busy and idle", async () => {
    const states = (messages: JupyterMessage[]) => messages.map(({ content }) => content.execution_state);
    for (const type of ["execute_request", "complete_request"]) {
      const id = kernel.send(type, { code: "console.log('ran')" }, "shell", { subshell: "nowhere" });
      const { reply, iopub } = await kernel.exchange(id);
      assert.deepEqual(
        [reply.content.status, reply.content.evalue],
        ["error", 'There is no subshell "nowhere"'],
      );
      assert.deepEqual(states(iopub), ["busy", "idle"]);
    }
    const told = kernel.send("comm_msg", { comm_id: "c", data: {} }, "shell", { subshell: "nowhere" });
    const isIdle = ({ content }: JupyterMessage) => content.execution_state === "idle";
    await kernel.waitFor((message) => message.parent_header.msg_id === told && isIdle(message));
  });

  test("a cell runs while one of the main shell waits; variables are the same, outputs each one's own", async () => {
    const main = await waiting("first", "console.log('from main', shared); 'main'");
    const sub = await run(
      "shared = 7; setTimeout(() => console.log('late'), 1); console.log('from sub'); 'sub'",
    );
    assert.deepEqual([sub.content.status, sub.result], ["ok", "'sub'"]);
    assert.match(sub.stdout, /^from sub\n/);
    assert.deepEqual({ subshell_id: subshell, ...sub.reply.parent_header }, sub.reply.parent_header);
    const late = await kernel.waitFor(({ content }) => /late\n$/.test(content.text));
    assert.equal(late.parent_header.msg_id, sub.reply.parent_header.msg_id);
    await open("first");
    const { content, stdout, result } = await main.end;
    assert.deepEqual([content.status, stdout, result], ["ok", "at first\nfrom main 7\n", "'main'"]);
  });

  test("each has its own number, and the kernel is busy while one of them runs", async () => {
    const main = await waiting("count");
    const sub = await run("1");
    // Behind this, all has come that the kernel has said.
    await control("list_subshell_request");
    const ids = [main.id, sub.reply.parent_header.msg_id];
    const states = kernel.iopub.flatMap(({ header, content, parent_header: { msg_id } }) =>
      header.msg_type === "status" && ids.includes(msg_id)
        ? [`${msg_id === main.id} ${content.execution_state}`]
        : [],
    );
    await open("count");
    const { content } = await main.end;
    assert.deepEqual(states.slice(-3), ["false busy", "false idle", "true busy"]);
    assert.ok(sub.content.execution_count > content.execution_count);
    const inputs = [content, sub.content].map(({ execution_count }) =>
      kernel.iopub.filter(
        (message) =>
          message.header.msg_type === "execute_input" && message.content.execution_count === execution_count,
      ),
    );
    assert.deepEqual(
      inputs.map((messages) => messages.length),
      [1, 1],
    );
  });

  test("an error is that of its cell, keeps what others declared, and aborts what waits in the same shell only", async () => {
    const main = await waiting("failing", "throw new RangeError('main fails')");
    const behind = finished(kernel.submit("'behind'"));
    const declared = await run("const fromSub = 5; fromSub");
    assert.equal(declared.result, "5");
    const failing = finished(kernel.submit("await null; throw new TypeError('sub fails')", {}, subshell));
    const aborted = finished(kernel.submit("'never'", {}, subshell));
    assert.equal((await failing).content.evalue, "sub fails");
    assert.equal((await aborted).content.status, "aborted");
    await open("failing");
    assert.equal((await main.end).content.ename, "RangeError");
    assert.equal((await behind).content.status, "aborted");
    assert.equal((await kernel.execute("fromSub + 1")).result, "6");
  });

  test("cells that end at the same time keep their values apart", async () => {
    const other = (await control("create_subshell_request")).subshell_id;
    const cell = (value: string) => `await gate(${JSON.stringify(value)}); ${JSON.stringify(value)}`;
    const ends = ["a", "b", "c"].map((value, index) =>
      finished(
        kernel.submit(`console.log("at ${value}"); ${cell(value)}`, {}, [undefined, subshell, other][index]),
      ),
    );
    for (const value of ["a", "b", "c"]) {
      await kernel.waitFor(({ content }) => content.text === `at ${value}\n`);
    }
    const last = (await control("create_subshell_request")).subshell_id;
    await run("for (const open of gates.values()) { open(); }", last);
    const results = await Promise.all(ends);
    assert.deepEqual(
      results.map(({ result }) => result),
      ["'a'", "'b'", "'c'"],
    );
    await control("delete_subshell_request", { subshell_id: other });
    await control("delete_subshell_request", { subshell_id: last });
  });

  test("an interrupt ends the cells of all shells, each with its own error", async () => {
    const main = await waiting("ends");
    const sub = run("console.log('sub waits'); await new Promise(() => {});");
    await kernel.waitFor(({ content }) => content.text === "sub waits\n");
    await control("interrupt_request");
    for (const end of [main.end, sub]) {
      const { content, types } = await end;
      assert.equal(content.ename, "KeyboardInterrupt");
      assert.equal(types.filter((type) => type === "error").length, 1);
    }
    const alone = run("console.log('computes'); for (;;) {}");
    await kernel.waitFor(({ content }) => content.text === "computes\n");
    const behind = finished(kernel.submit("'main goes on'"));
    await control("interrupt_request");
    assert.equal((await alone).content.ename, "KeyboardInterrupt");
    await behind;
    assert.equal((await kernel.execute("2 + 2")).result, "4");
  });

  test("while a cell computes, cells of others wait, and questions are answered", async () => {
    const main = finished(kernel.submit("console.log('for ever'); for (;;) {}"));
    await kernel.waitFor(({ content }) => content.text === "for ever\n");
    const content = { code: "gat", cursor_pos: 3 };
    const asked = kernel.send("complete_request", content, "shell", { subshell });
    assert.ok((await kernel.exchange(asked)).reply.content.matches.includes("gates"));
    await control("interrupt_request");
    assert.equal((await main).content.ename, "KeyboardInterrupt");
  });

  test("comm messages to a subshell are handled while a cell waits", async () => {
    await kernel.execute(
      `import { createComm } from "poolbook/display";
      const comm = createComm({ targetName: "t", commId: "sub" });
      const clicked = new Promise<number>((resolve) => comm.onMsg(({ data }) => { comm.send({ got: data.n }); resolve(Number(data.n)); }));`,
    );
    const main = finished(kernel.submit("console.log('for a click'); await clicked"));
    await kernel.waitFor(({ content }) => content.text === "for a click\n");
    const click = kernel.send("comm_msg", { comm_id: "sub", data: { n: 9 } }, "shell", { subshell });
    assert.equal((await main).result, "9");
    const answer = await kernel.waitFor(({ header }) => header.msg_type === "comm_msg");
    assert.deepEqual([answer.parent_header.msg_id, answer.content.data], [click, { got: 9 }]);
  });

  test("of a deleted one the cell goes on to its end, and those behind it are aborted", async () => {
    const { subshell_id } = await control("create_subshell_request");
    const cell = run("console.log('goes on'); await gate('deleted'); 'ended'", subshell_id);
    await kernel.waitFor(({ content }) => content.text === "goes on\n");
    const behind = run("'never'", subshell_id);
    await kernel.request("kernel_info_request", {});
    await control("delete_subshell_request", { subshell_id });
    await open("deleted");
    assert.equal((await cell).result, "'ended'");
    assert.equal((await behind).content.status, "aborted");
  });
});
