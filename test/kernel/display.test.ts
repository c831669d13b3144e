import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

describe("display", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
    await kernel.execute("import * as tslab from 'tslab';");
  });
  after(() => kernel.stop());

  const messages = async (code: string) => {
    const { iopub, reply } = await kernel.execute(code);
    assert.equal(reply.content.status, "ok", reply.content.evalue);
    return iopub
      .filter(({ header }) => /display|execute_result|clear/.test(header.msg_type))
      .map(({ header, content }) => [header.msg_type, content] as const);
  };
  const pixel = "Buffer.from('89504e470d0a1a0a00', 'hex')";

  test("every kind of tslab's display arrives", async () => {
    const kinds: Record<string, string> = {
      javascript: "text/javascript",
      html: "text/html",
      markdown: "text/markdown",
      latex: "text/latex",
      svg: "image/svg+xml",
      text: "text/plain",
    };
    for (const [kind, mime] of Object.entries(kinds)) {
      const [[type, content] = []] = await messages(`tslab.display.${kind}("content")`);
      assert.deepEqual(
        [type, content],
        ["display_data", { data: { [mime]: "content" }, metadata: {}, transient: {} }],
      );
    }
    for (const [kind, mime] of [
      ["png", "image/png"],
      ["jpeg", "image/jpeg"],
      ["gif", "image/gif"],
      ["pdf", "application/pdf"],
    ]) {
      const [[, content] = []] = await messages(`tslab.display.${kind}(new Uint8Array([1, 2, 3]))`);
      assert.deepEqual(content.data, { [mime as string]: "AQID" });
    }
    const [[, raw] = []] = await messages("tslab.display.raw('application/x-own', 'raw')");
    assert.deepEqual(raw.data, { "application/x-own": "raw" });
  });

  test("display(value, { raw: true }) refuses what is no object of data by MIME type", async () => {
    for (const value of ["'text'", "null", "[1]", "undefined"]) {
      const { reply } = await kernel.execute(`display(${value}, { raw: true })`);
      assert.equal(reply.content.ename, "TypeError");
      assert.match(
        reply.content.evalue,
        /^Expected an object of data by MIME type to display with `raw`, got/,
      );
    }
  });

  test("newDisplay() adds a display and then changes it, also from a later cell", async () => {
    const [[first, { transient }] = [], [second, changed] = []] = await messages(
      "const slot = tslab.newDisplay(); slot.text('a'); slot.text('b');",
    );
    assert.deepEqual([first, second], ["display_data", "update_display_data"]);
    assert.equal(typeof transient.display_id, "string");
    assert.equal(changed.transient.display_id, transient.display_id);
    const [[later, { data }] = []] = await messages("slot.html('c')");
    assert.deepEqual([later, data], ["update_display_data", { "text/html": "c" }]);
  });

  test("display() sends bundles with several types, metadata and a display_id that can be changed", async () => {
    const [[type, content] = []] = await messages(
      `display({ "text/plain": "t", "text/html": "<b>t</b>", "application/json": { a: [1] }, "image/png": ${pixel} },
        { raw: true, metadata: { "image/png": { width: 5 } }, displayId: "mine" })`,
    );
    assert.equal(type, "display_data");
    assert.deepEqual(content, {
      data: {
        "text/plain": "t",
        "text/html": "<b>t</b>",
        "application/json": { a: [1] },
        "image/png": "iVBORw0KGgoA",
      },
      metadata: { "image/png": { width: 5 } },
      transient: { display_id: "mine" },
    });
    const [[update, { data, transient }] = []] = await messages(
      `display("new", { displayId: "mine", update: true })`,
    );
    assert.deepEqual(
      [update, data, transient],
      ["update_display_data", { "text/plain": "'new'" }, { display_id: "mine" }],
    );
    const { reply } = await kernel.execute("display(1, { update: true })");
    assert.match(reply.content.evalue, /Expected `displayId`/);
  });

  test("clearOutput() says whether to wait", async () => {
    assert.deepEqual(await messages("clearOutput(); clearOutput({ wait: true });"), [
      ["clear_output", { wait: false }],
      ["clear_output", { wait: true }],
    ]);
  });

  test("a last expression offers rich data, always with text", async () => {
    const result = async (code: string) => {
      const [[type, content] = []] = await messages(code);
      assert.equal(type, "execute_result");
      return content.data;
    };
    const method = "[Symbol.for('Jupyter.display')]";
    assert.deepEqual(
      await result(`({ ${method}() { return { "text/html": "<i>h</i>", "text/plain": "h" }; } })`),
      {
        "text/html": "<i>h</i>",
        "text/plain": "h",
      },
    );
    const awaited = await result(
      `({ name: "v", async ${method}() { await null; return { "text/markdown": "*m*" }; } })`,
    );
    assert.equal(awaited["text/markdown"], "*m*");
    assert.match(awaited["text/plain"], /name: 'v'/);
    assert.equal((await result(`({ tagName: "svg", outerHTML: "<svg/>" })`))["image/svg+xml"], "<svg/>");
    assert.equal((await result(`({ tagName: "P", outerHTML: "<p></p>" })`))["text/html"], "<p></p>");
    assert.deepEqual(await result(pixel), {
      "image/png": "iVBORw0KGgoA",
      "text/plain": "image/png, 9 bytes",
    });
    assert.deepEqual(await result("new Uint8Array([1, 2])"), { "text/plain": "Uint8Array(2) [ 1, 2 ]" });
  });

  test("a value that fails to show itself fails the cell", async () => {
    const { reply } = await kernel.execute(
      "({ [Symbol.for('Jupyter.display')]() { throw new Error('no picture'); } })",
    );
    assert.deepEqual([reply.content.status, reply.content.evalue], ["error", "no picture"]);
  });

  test("a module cell can be imported by later cells; a browser cell is accepted", async () => {
    const { reply } = await kernel.execute(
      "/** @module shapes */\nexport function area(r: number) { return r * r * 3; }",
    );
    assert.equal(reply.content.status, "ok");
    assert.equal((await kernel.execute("import { area } from './shapes'; area(2)")).result, "12");
    const browser = await kernel.execute("/** @browser */\ndocument.title;");
    assert.equal(browser.reply.content.status, "ok");
  });
});
