import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

test("poolbook/display is there without poolbook in the notebook's folder, with its types; a module cell has it, too", async () => {
  const kernel = await KernelClient.start();
  try {
    const { iopub, reply } = await kernel.execute(
      'import { html, slider } from "poolbook/display"; html`<b>1</b>`',
    );
    assert.equal(reply.content.status, "ok", reply.content.evalue);
    const result = iopub.find(({ header }) => header.msg_type === "execute_result");
    assert.equal(result?.content.data["text/html"], "<b>1</b>");
    const typed = await kernel.execute("slider({ min: 1, max: 'ten' })");
    assert.match(typed.reply.content.evalue, /TS2322|TS2345|TS2769/);
    await kernel.execute(
      "/** @module shown */\nimport { md } from 'poolbook/display'; export const text = md`# hi`;",
    );
    const shown = await kernel.execute("import { text } from './shown'; text");
    assert.equal(shown.reply.content.status, "ok", shown.reply.content.evalue);
    const dynamic = await kernel.execute("typeof (await import('poolbook/display')).json");
    assert.equal(dynamic.result, "'function'");
    const missing = await kernel.execute("import { Pool } from 'poolbook';");
    assert.equal(missing.reply.content.status, "error");
  } finally {
    await kernel.stop();
  }
});

test("poolbook/display of the notebook's folder goes before the kernel's own", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "display-"));
  const own = path.join(folder, "node_modules", "poolbook");
  mkdirSync(own, { recursive: true });
  writeFileSync(
    path.join(own, "package.json"),
    '{ "name": "poolbook", "exports": { "./display": "./d.mjs" } }',
  );
  writeFileSync(path.join(own, "d.mjs"), "export const own = 'the one of the folder';");
  const kernel = await KernelClient.start({ cwd: folder });
  try {
    const { result } = await kernel.execute('import { own } from "poolbook/display"; own');
    assert.equal(result, "'the one of the folder'");
  } finally {
    await kernel.stop();
    await rm(folder, { recursive: true });
  }
});
