import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../../helpers/kernel-client.js";

/* Cells as notebooks for the published tslab have them. */
describe("a notebook written for stock tslab", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  async function run(code: string): Promise<{ status: unknown; outputs: unknown[] }> {
    const { iopub, reply } = await kernel.execute(code);
    const outputs = iopub
      .filter(({ header }) => /display_data|execute_result/.test(header.msg_type))
      .map(({ content }) => content.data);
    return { status: reply.content.status, outputs };
  }

  test("imports the display module, whose versions name the compiler of the cells", async () => {
    assert.deepEqual(await run('import * as tslab from "tslab";'), { status: "ok", outputs: [] });
    assert.deepEqual(await run("tslab.display.html('<b>hi</b>')"), {
      status: "ok",
      outputs: [{ "text/html": "<b>hi</b>" }],
    });
    assert.deepEqual(await run("const slot = tslab.newDisplay(); slot.text('a'); slot.text('b');"), {
      status: "ok",
      outputs: [{ "text/plain": "a" }, { "text/plain": "b" }],
    });
    const { outputs } = await run("[tslab.versions.tslab, tslab.versions.typescript.split('.')[0]]");
    assert.deepEqual(outputs, [{ "text/plain": "[ '1.0.22', '6' ]" }]);
  });

  test("imports a @module cell, and again when it has changed", async () => {
    assert.equal(
      (await run("/** @module tools */\nexport const twice = (n: number) => 2 * n;")).status,
      "ok",
    );
    assert.equal((await run('import { twice } from "./tools";')).status, "ok");
    assert.deepEqual((await run("twice(21)")).outputs, [{ "text/plain": "42" }]);
    await run("/** @module tools */\nexport const twice = (n: number) => String(n).concat(' twice');");
    const again = await run('import { twice } from "./tools"; twice(21)');
    assert.deepEqual(again, { status: "ok", outputs: [{ "text/plain": "'21 twice'" }] });
  });

  test("has a @jsx module and a @module that imports another", async () => {
    await run(
      "/** @module view @jsx */\nconst React = { createElement: (tag: string) => tag };\nexport const view: string = <b/>;\ndeclare global { namespace JSX { type Element = string; interface IntrinsicElements { b: {} } } }",
    );
    await run('/** @module outer */\nimport { twice } from "./tools";\nexport const result = twice(1);');
    assert.deepEqual(
      await run('import { view } from "./view"; import { result } from "./outer"; [view, result]'),
      {
        status: "ok",
        outputs: [{ "text/plain": "[ 'b', '1 twice' ]" }],
      },
    );
  });

  test("refuses a @module with an error, by its name", async () => {
    const { reply } = await kernel.execute("/** @module wrong */\nexport const n: number = 'x';");
    assert.equal(reply.content.status, "error");
    assert.match(String(reply.content.traceback), /wrong\.ts:2:14/);
  });

  test("keeps @browser cells for the browser", async () => {
    assert.deepEqual(await run("/** @browser */\ndocument.title = 'x';"), { status: "ok", outputs: [] });
  });
});
