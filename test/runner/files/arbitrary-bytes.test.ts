import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { checkNotebook } from "poolbook/checker";
import { describeError } from "#dist/runner/describe-error.js";
import { runNotebook } from "#dist/runner/index.js";
import { arbitraryBytes, stateOf, targets } from "../../helpers/targets.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

for (const [kind, make] of Object.entries(targets)) {
  test(`runNotebook() of arbitrary bytes into ${kind}: an error in words, and the target stays`, async (t) => {
    const folder = temporaryFolder(t);
    const input = path.join(folder, "in.ipynb");
    const target = path.join(folder, "out.ipynb");
    make(target);
    const before = stateOf(target);
    await fc.assert(
      fc.asyncProperty(arbitraryBytes, async (each) => {
        writeFileSync(input, each);
        const error: unknown = await runNotebook(input, { outputPath: target }).catch((cause) => cause);
        assert.ok(error instanceof Error);
        assert.match(describeError(error, input), /\S.{3,}/);
        assert.deepEqual(stateOf(target), before);
      }),
      { numRuns: 50 },
    );
  });
}

test("checkNotebook() with update leaves arbitrary bytes as they are, and says why", async (t) => {
  const file = path.join(temporaryFolder(t), "in.ipynb");
  await fc.assert(
    fc.asyncProperty(arbitraryBytes, async (each) => {
      writeFileSync(file, each);
      const { status, problem = "" } = await checkNotebook(file, { update: true });
      assert.equal(status, "could-not-run");
      assert.match(problem, /\S.{3,}/);
      assert.ok(readFileSync(file).equals(each));
    }),
    { numRuns: 100 },
  );
});
