import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startScript } from "../../helpers/script.js";

async function outputOf(fixture: string, node: string[] = []): Promise<string[]> {
  const script = startScript(`pool/functions/${fixture}`, [], {}, node);
  assert.equal((await script.ended).exitCode, 0, script.stderr);
  assert.equal(script.stderr, "");
  return script.stdout.trimEnd().split("\n");
}

describe("functions of plain scripts take along what they use", () => {
  test("of an ECMAScript module, by reference where another module exports them", async () => {
    assert.deepEqual(await outputOf("script.mjs"), [
      "11",
      "b/c",
      "PoolWorker-1",
      "1",
      "2",
      "15",
      "16",
      "1",
      "2,4,6",
      "true OutOfWork: nothing to do",
      "FunctionTransferError",
    ]);
  });

  test("of a CommonJS module", async () => {
    assert.deepEqual(await outputOf("script.cjs"), ["15", "b1", "d", "helped", "helped"]);
  });

  test("of a TypeScript file run by tsx", async () => {
    assert.deepEqual(await outputOf("script.ts", ["--import", "tsx"]), [
      "18",
      "b",
      "true",
      "hello worker",
      "nap",
    ]);
  });
});
