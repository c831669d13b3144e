import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { JsonObject } from "#dist/jupyter/json-object.js";
import { KernelClient } from "../../helpers/kernel-client.js";

describe("poolbook_language_request", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  /** Nothing comes on IOPub for it, so that there is only the reply to wait for. */
  async function ask(content: JsonObject): Promise<JsonObject> {
    const id = kernel.send("poolbook_language_request", content, "control");
    const { header, content: answer } = await kernel.waitFor(
      (each) => each.parent_header.msg_id === id,
      "control",
    );
    assert.equal(header.msg_type, "poolbook_language_reply");
    return answer;
  }

  test("kernel_info_reply says that it may be sent", async () => {
    const { reply } = await kernel.request("kernel_info_request", {});
    assert.deepEqual(reply.content.poolbook, { language_requests: true });
  });

  test("check gives the findings of each cell, while a cell runs, and publishes no status", async () => {
    const running = kernel.submit("for (;;) {}");
    const before = kernel.iopub.length;
    const { status, cells } = await ask({ question: "check", cells: ["const a = 1;", "a.trim();"] });
    assert.equal(status, "ok");
    assert.deepEqual(cells, [
      [],
      [{ start: 2, end: 6, code: 2339, message: "Property 'trim' does not exist on type '1'." }],
    ]);
    const own = kernel.iopub.slice(before).filter(({ parent_header }) => parent_header.msg_id !== running);
    assert.deepEqual(own, []);
    await kernel.request("interrupt_request", {}, "control");
    const { reply } = await kernel.exchange(running);
    assert.equal(reply.content.ename, "KeyboardInterrupt");
  });

  test("inspect and signature tell of a place in a cell, and null of one where nothing is", async () => {
    const cells = ["function twice(n: number) { return 2 * n; }", "twice()"];
    const at = (question: string, offset: number) => ask({ question, cells, index: 1, offset });
    assert.equal((await at("inspect", 1)).answer, "function twice(n: number): number");
    assert.equal((await at("signature", 6)).answer, "twice(n: number): number");
    assert.equal((await at("signature", 7)).answer, null);
  });

  test("a question that is none gets an error", async () => {
    const { status, evalue } = await ask({ question: "check", cells: [1] });
    assert.deepEqual([status, evalue], ["error", "Expected `cells` to be a list of texts"]);
  });
});

describe("a kernel that is started with compiler options of a notebook", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start({ env: { POOLBOOK_COMPILER_OPTIONS: '{"strict":true}' } });
  });
  after(() => kernel.stop());
  const careless = "const words = ['a']; words.find((word) => word === 'b').length";

  test("is as strict in what it runs and in what it is asked", async () => {
    assert.match((await kernel.execute(careless)).reply.content.evalue, /^TS2532: /);
    const id = kernel.send("poolbook_language_request", { question: "check", cells: [careless] }, "control");
    const { content } = await kernel.waitFor((each) => each.parent_header.msg_id === id, "control");
    assert.equal(content.cells[0][0].code, 2532);
  });

  test("a comment in the first cell outdoes them, for all cells", async () => {
    await kernel.execute("// @strict: false\n1");
    const { reply } = await kernel.execute("['a'].find((word) => word === 'a').length");
    assert.equal(reply.content.status, "ok");
  });
});
