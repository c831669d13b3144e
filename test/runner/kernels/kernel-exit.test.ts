import assert from "node:assert/strict";
import { test } from "node:test";
import { describeExit } from "#dist/runner/kernels/kernel-exit.js";
import { writeNotebook } from "../../helpers/notebook.js";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test("a kernel whose heap is full is told from one that crashed, in one line", async (t) => {
  const code = "const all: number[][] = [];\nfor (;;) all.push(new Array(1e5).fill(Math.random()));";
  const full = writeNotebook(temporaryFolder(t), "n.ipynb", [code]);
  const { code: exit, stdout } = await poolbook(["run", full, "--json"], {
    NODE_OPTIONS: "--max-old-space-size=300",
  });
  const [result] = JSON.parse(stdout).notebooks;
  assert.equal(exit, 1);
  assert.equal(result.isOutOfMemory, true);
  assert.match(result.kernelExit, /^ran out of memory and was killed by SIGABRT: [^\n]*heap out of memory$/);
  assert.ok(result.cells[0].peakMemory > 200e6);
  const crashed = writeNotebook(temporaryFolder(t), "n.ipynb", ["process.kill(process.pid, 'SIGSEGV')"]);
  const { stdout: told } = await poolbook(["run", crashed, "--json"]);
  assert.deepEqual(
    [JSON.parse(told).notebooks[0].isOutOfMemory, JSON.parse(told).notebooks[0].kernelExit],
    [undefined, "was killed by SIGSEGV"],
  );
});

test("describeExit() says how a kernel ended, with its last words", () => {
  const none = { code: null, signal: null, stderr: "" };
  assert.equal(
    describeExit({ ...none, code: 3, stderr: "1\n2\n3\n4\n5\n6" }),
    "exited with code 3: 2\n3\n4\n5\n6",
  );
  assert.equal(
    describeExit({ ...none, signal: "SIGKILL", isOutOfMemory: true }),
    "ran out of memory and was killed by SIGKILL",
  );
  assert.equal(
    describeExit({ ...none, reason: "the kernel died on the server" }),
    "the kernel died on the server",
  );
});
