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

  test("a value that fails to show itself is shown as text, and stderr says why", async () => {
    const method = "[Symbol.for('Jupyter.display')]";
    for (const value of [
      `{ a: 1, ${method}() { throw new Error('no picture'); } }`,
      `{ a: 1, async ${method}() { throw new Error('no picture'); } }`,
      `{ a: 1, ${method}() { return { then(_: unknown, fail: (e: Error) => void) { fail(new Error('no picture')); } }; } }`,
    ]) {
      const { reply, result, stderr } = await kernel.execute(`(${value})`);
      assert.equal(reply.content.status, "ok");
      assert.match(result ?? "", /^\{\s+a: 1,/);
      assert.match(stderr, /no picture/);
      const shown = await kernel.execute(`display(${value})`);
      assert.equal(shown.iopub.filter(({ header }) => header.msg_type === "display_data").length, 1);
    }
  });

  test("getters, traps and inspect functions that throw do not fail the cell", async () => {
    const expected: [value: string, text: RegExp][] = [
      [
        "new Proxy({ a: 1 }, { get() { throw new TypeError('no'); }, has() { throw 1; } })",
        /^(Proxy\()?\{ a: 1 \}\)?$/,
      ],
      ["{ a: 1, get outerHTML() { throw new Error('detached'); } }", /^\{ a: 1, outerHTML: \[Getter\] \}$/],
      ["{ a: 1, get [Symbol.for('Jupyter.display')](): never { throw new Error('no'); } }", /a: 1/],
      ["{ a: 1, [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no'); } }", /a: 1/],
      ["{ a: 1, get [Symbol.toStringTag]() { throw new Error('no'); } }", /./],
      ["{ a: 1, get then(): never { throw new Error('no'); } }", /a: 1/],
    ];
    for (const [value, text] of expected) {
      const { reply, result = "", stderr } = await kernel.execute(`(${value})`);
      assert.deepEqual([reply.content.status, stderr], ["ok", ""], value);
      assert.match(result, text);
    }
  });

  test("what JSON cannot hold is an error of the cell, by whichever way it is shown", async () => {
    await kernel.execute("const cycle: any = {}; cycle.self = cycle;");
    for (const content of ["{ rows: 12n }", "cycle", "[[cycle]]"]) {
      for (const code of [
        `display({ "application/json": ${content} }, { raw: true })`,
        `display("text", { metadata: ${content === "[[cycle]]" ? "{ a: cycle }" : content} })`,
        `display({ "application/json": ${content} }, { raw: true, displayId: "a", update: true })`,
        `tslab.display.raw("application/json", ${content} as any)`,
        `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": ${content} }) })`,
        `({ [Symbol.for("Jupyter.display")]: async () => ({ "application/json": ${content} }) })`,
        `display({ [Symbol.for("Jupyter.display")]: async () => ({ "application/json": ${content} }) })`,
      ]) {
        const { reply, types } = await kernel.execute(code);
        assert.deepEqual([reply.content.status, reply.content.ename], ["error", "TypeError"], code);
        assert.equal(types.filter((type) => type === "error").length, 1);
        assert.ok(!types.some((type) => /display|result/.test(type)));
      }
    }
    const { reply } = await kernel.execute("1", {
      user_expressions: { bad: "({ [Symbol.for('Jupyter.display')]: () => ({ 'application/json': 1n }) })" },
    });
    assert.equal(reply.content.user_expressions.bad.ename, "TypeError");
    for (const code of [
      `display({ "text/html": 5 }, { raw: true })`,
      `display(1, { metadata: "m" as any })`,
    ]) {
      assert.equal((await kernel.execute(code)).reply.content.ename, "TypeError");
    }
  });

  test("JSON holds what JSON.stringify makes of a value", async () => {
    const [[, { data }] = []] = await messages(`
      class Price { constructor(private cents: number) {} toJSON() { return this.cents / 100; } }
      display({ "application/json": { price: new Price(1250), at: new URL("http://a.b/"), f() {}, map: new Map(), day: new Date(0) },
        "application/geo+json": new Price(5), "text/html": ["<b>", "</b>"], "text/latex": undefined }, { raw: true })`);
    assert.deepEqual(data, {
      "application/json": { price: 12.5, at: "http://a.b/", map: {}, day: "1970-01-01T00:00:00.000Z" },
      "application/geo+json": 0.05,
      "text/html": ["<b>", "</b>"],
    });
  });

  test("a cell ends after what it displays, also when that takes its time", async () => {
    const { types } = await kernel.execute(`
      const slow = { async [Symbol.for("Jupyter.display")]() { await new Promise((done) => setTimeout(done, 30)); return { "text/plain": "slow" }; } };
      display(slow); display(slow)`);
    assert.deepEqual(types, ["status", "execute_input", "display_data", "display_data", "status"]);
  });

  test("the bytes of a picture are shown as it", async () => {
    const kinds = {
      "image/png": "Buffer.from('89504e470d0a1a0a00', 'hex')",
      "image/jpeg": "new Uint8Array([0xff, 0xd8, 0xff, 0])",
      "image/gif": "Buffer.from('GIF89a')",
      "image/webp": "Buffer.from('RIFF____WEBPVP8 ')",
    };
    for (const [type, bytes] of Object.entries(kinds)) {
      const [[, content] = []] = await messages(bytes);
      assert.equal(typeof content.data[type], "string");
    }
    const [[, { data }] = []] = await messages("Buffer.from('RIFF____WAVE')");
    assert.deepEqual(Object.keys(data), ["text/plain"]);
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
