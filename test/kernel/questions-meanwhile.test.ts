import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

describe("while a cell awaits", () => {
  let kernel: KernelClient;
  let cell: string;
  before(async () => {
    kernel = await KernelClient.start();
    cell = kernel.submit("const waited = { here: 1 }; console.log('started'); await new Promise(() => {});");
    await kernel.waitFor(({ content }) => content.text === "started\n");
  });
  after(() => kernel.stop());

  const ask = async (type: string, code: string) => {
    const content = { code, cursor_pos: code.length, detail_level: 0 };
    return (await kernel.request(type, content)).reply.content;
  };

  test("completion, inspection and completeness are answered, the cell's own names included", async () => {
    assert.deepEqual((await ask("complete_request", "waited.")).matches, ["here"]);
    assert.match((await ask("inspect_request", "waited")).data["text/plain"], /const waited: \{/);
    assert.equal((await ask("is_complete_request", "f(")).status, "incomplete");
  });

  test("the kernel is busy again with the cell behind each answer", async () => {
    const { iopub } = await kernel.request("complete_request", { code: "wai", cursor_pos: 3 });
    assert.deepEqual(
      iopub.map(({ content }) => content.execution_state),
      ["busy", "idle"],
    );
    await kernel.request("comm_info_request", {}, "control");
    const states = kernel.iopub.flatMap(({ header, content, parent_header }) =>
      header.msg_type === "status" ? [`${parent_header.msg_id === cell} ${content.execution_state}`] : [],
    );
    const idle = states.lastIndexOf("false idle", states.length - 3);
    assert.deepEqual(states.slice(idle - 1, idle + 2), ["false busy", "false idle", "true busy"]);
  });

  test("an interrupt ends the cell all the same, and questions asked with it are answered", async () => {
    const end = kernel.exchange(cell);
    const asked = Array.from({ length: 20 }, () => ask("complete_request", "waited."));
    const interrupted = kernel.request("interrupt_request", {}, "control");
    asked.push(...Array.from({ length: 20 }, () => ask("complete_request", "waited.")));
    for (const { status } of await Promise.all(asked)) {
      assert.ok(status === "ok" || status === "error");
    }
    await interrupted;
    assert.equal((await end).reply.content.ename, "KeyboardInterrupt");
    assert.equal((await kernel.execute("waited.here")).result, "1");
  });

  test("a question behind a cell that computes is answered, too", async () => {
    const id = kernel.submit(
      "console.log('computes'); for (const end = Date.now() + 300; Date.now() < end; ); 7",
    );
    await kernel.waitFor(({ content }) => content.text === "computes\n");
    const question = ask("complete_request", "waited.");
    assert.equal((await kernel.exchange(id)).reply.content.status, "ok");
    assert.deepEqual((await question).matches, ["here"]);
  });
});

describe("while a cell computes", () => {
  let kernel: KernelClient;
  let cell: string;
  before(async () => {
    kernel = await KernelClient.start();
    await kernel.execute("function earlier(text: string): number { return text.length; }");
    cell = kernel.submit("const computed = { here: 1 }; console.log('started'); for (;;) {}");
    await kernel.waitFor(({ content }) => content.text === "started\n");
  });
  after(() => kernel.stop());

  const ask = async (type: string, code: string, detail_level = 0) => {
    const { reply } = await kernel.request(type, { code, cursor_pos: code.length, detail_level });
    return reply.content;
  };

  test("completion, inspection and completeness are answered all the same", async () => {
    assert.deepEqual((await ask("complete_request", "computed.")).matches, ["here"]);
    assert.match(
      (await ask("inspect_request", "earlier(")).data["text/plain"],
      /earlier\(text: string\): number/,
    );
    const { data } = await ask("inspect_request", "earlier", 1);
    assert.match(
      data["text/plain"],
      /Source:\nfunction earlier\(text: string\): number \{ return text\.length; \}$/,
    );
    assert.deepEqual((await ask("is_complete_request", "f(")).status, "incomplete");
    // Its own two statuses come behind all others.
    await kernel.request("comm_info_request", {}, "control");
    const states = kernel.iopub.flatMap(({ header, content, parent_header }) =>
      header.msg_type === "status" ? [`${parent_header.msg_id === cell} ${content.execution_state}`] : [],
    );
    assert.deepEqual(states.slice(-5, -2), ["false busy", "false idle", "true busy"]);
  });

  test("many are answered, and the cell still ends", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("complete_request", "compu")));
    assert.ok(answers.every(({ matches }) => matches.includes("computed")));
    await kernel.request("interrupt_request", {}, "control");
    assert.equal((await kernel.exchange(cell)).reply.content.ename, "KeyboardInterrupt");
    assert.deepEqual((await ask("complete_request", "computed.")).matches, ["here"]);
  });
});

test("a kernel whose cells only wait starts no thread to answer, and one that computes starts one", async () => {
  const kernel = await KernelClient.start();
  const threads = () => readdirSync(`/proc/${kernel.process.pid}/task`).length;
  const askDuring = async (code: string) => {
    const cell = kernel.submit(`console.log(${JSON.stringify(code)}); ${code}`);
    await kernel.waitFor(({ content }) => content.text === `${code}\n`);
    await kernel.request("complete_request", { code: "process.p", cursor_pos: 9 });
    const count = threads();
    await kernel.request("interrupt_request", {}, "control");
    await kernel.exchange(cell);
    return count;
  };
  try {
    const waiting = await askDuring("await new Promise(() => {})");
    assert.equal(await askDuring("await new Promise(() => {}) ;"), waiting);
    assert.ok((await askDuring("for (;;) {}")) > waiting);
  } finally {
    await kernel.stop();
  }
});
