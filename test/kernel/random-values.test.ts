import assert from "node:assert/strict";
import { test } from "node:test";
import { schemaProblems } from "#dist/document/schema/schema-problems.js";
import { jsonText } from "#dist/jupyter/json-text.js";
import type { JupyterMessage } from "../helpers/jupyter-message.js";
import { KernelClient } from "../helpers/kernel-client.js";
import { fixtures } from "../helpers/script.js";

const valuesPerCell = 40;
const cells = 250;

/** Every way to put out a value; those of the last list end the cell. */
const inPassing = [
  "console.log(value)",
  "console.error('%s %o %j', value, value, value)",
  "display(value)",
  "display(value, { raw: true })",
  "display({ 'application/json': value, 'text/html': value }, { raw: true })",
  "display('', { metadata: value, displayId: value })",
  "display('', { metadata: { value }, displayId: 'one', update: true })",
  "process.stdout.write(value)",
  "setTimeout(() => console.log(value))",
];
const atTheEnd = [
  "value",
  "throw value",
  "await Promise.reject(value)",
  "void Promise.reject(value)",
  "queueMicrotask(() => { throw value; }); value",
  "setTimeout(() => { throw value; }); await new Promise(() => {})",
  "process.nextTick(() => { throw value; }); await null; value",
  "process.emitWarning('a', { detail: value }); value",
];

test(`${valuesPerCell * cells} values that are hard to show: the kernel lives, each cell ends once, in valid messages`, async () => {
  const kernel = await KernelClient.start({ javascript: true });
  try {
    await kernel.execute(
      `const { randomValue } = await import(${JSON.stringify(`${fixtures}kernel/random-values.mjs`)});`,
    );
    for (let cell = 0; cell < cells; cell++) {
      const { reply, iopub } = await kernel.execute(codeOf(cell));
      assert.ok(["ok", "error"].includes(reply.content.status));
      assert.deepEqual(iopub.filter(isIdle).length, 1);
      assert.deepEqual(notebookProblems(iopub), [], codeOf(cell));
      // What is uncaught after the end is an error of its own.
      const errors = iopub
        .slice(0, iopub.findIndex(isIdle))
        .filter(({ header }) => header.msg_type === "error");
      assert.equal(errors.length, reply.content.status === "error" ? 1 : 0, codeOf(cell));
      assert.ok(iopub.every((message) => isWellFormed(message)));
    }
    assert.equal((await kernel.execute("'alive'")).result, "'alive'");
    const replies = kernel.iopub.filter(isIdle).map(({ parent_header }) => parent_header.msg_id);
    assert.equal(new Set(replies).size, replies.length);
  } finally {
    await kernel.stop();
  }
});

function codeOf(cell: number): string {
  const first = cell * valuesPerCell;
  const passing = Array.from({ length: valuesPerCell - 1 }, (_, index) => {
    const way = inPassing[(first + index) % inPassing.length];
    return `try { const value = randomValue(${first + index}); ${way}; } catch {}`;
  });
  const last = `var value = randomValue(${first + valuesPerCell - 1}); ${atTheEnd[cell % atTheEnd.length]}`;
  return [...passing, last].join("\n");
}

function isIdle({ header, content }: JupyterMessage): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}

/** As a front end would store them. */
function notebookProblems(messages: JupyterMessage[]): unknown[] {
  const outputs = messages
    .filter(({ header }) => ["stream", "display_data", "execute_result", "error"].includes(header.msg_type))
    .map(({ header, content: { transient, ...content } }) => ({ output_type: header.msg_type, ...content }));
  return schemaProblems({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: "code", id: "a", metadata: {}, execution_count: 1, source: "", outputs }],
  });
}

function isWellFormed({ content }: JupyterMessage): boolean {
  return JSON.stringify(content) === jsonText(content);
}
