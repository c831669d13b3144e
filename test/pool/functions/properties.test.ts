import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { FunctionTransferError, Pool } from "poolbook";
import { programs } from "../../helpers/random-functions.js";

const pool = new Pool(1);
after(() => pool.terminate());

describe("functions of random programs", () => {
  test("give in the worker what they give here, or are refused", async () => {
    let sent = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const task: () => unknown = runInThisContext(program);
        sent++;
        // Sent first: to run it here may change what it uses.
        const there = await pool.apply(task).catch((error: unknown) => error);
        if (there instanceof FunctionTransferError) {
          refused++;
        } else {
          assert.deepEqual(there, task());
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(refused < sent / 3, `${refused} of ${sent} were refused`);
  });
});
