import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runNotebook } from "#dist/runner/index.js";
import { writeNotebook } from "../helpers/notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test("hooks are called in order, each awaited; what onNotebookEnd changes is saved", async (t) => {
  const called: string[] = [];
  const call = async (name: string) => {
    called.push(`${name} begins`);
    await sleep(5);
    called.push(`${name} ends`);
  };
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["1", "throw new Error('no')", "2"]);
  const result = await runNotebook(file, {
    onCellStart: (cell, { number, count }) => call(`start ${cell.id} ${number}/${count}`),
    onCellEnd: (_, { status }) => call(`end ${status}`),
    onNotebookEnd: ({ status }) => call(`notebook ${status}`),
  });
  const names = ["start cell-1 1/3", "end ok", "start cell-2 2/3", "end failed", "notebook failed"];
  assert.deepEqual(
    called,
    names.flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  assert.equal(result.status, "failed");
});

test("a cell's result tells how much memory the kernel and its children held, for each cell anew", {
  skip: process.platform === "linux" ? false : "only Linux tells",
}, async (t) => {
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", [
    "1",
    "let large: Buffer | undefined = Buffer.alloc(300e6, 1);",
    "large = undefined; (globalThis as any).gc?.(); 1",
    "import { execFileSync } from 'node:child_process';\nexecFileSync(process.execPath, ['-e', 'const b = Buffer.alloc(300e6, 1); setTimeout(() => b, 500)']);",
  ]);
  const { cells } = await runNotebook(file);
  const [first = 0, large = 0, , child = 0] = cells.map(({ peakMemory }) => peakMemory ?? 0);
  assert.ok(first > 20e6, `${first}`);
  assert.ok(large > first + 280e6, `${first} ${large}`);
  assert.ok(child > 300e6, `${child}`);
});
