import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { checkNotebook } from "poolbook/checker";
import { describeError } from "#dist/runner/describe-error.js";
import { runNotebook } from "#dist/runner/index.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

/** Bytes at random, and notebooks of which a part was replaced or is missing. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .nat(60)
    .map((length) =>
      Buffer.from('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}').subarray(0, length),
    ),
);

const targets: Record<string, (target: string) => void> = {
  "no file yet": () => {},
  "a file": (target) => writeFileSync(target, "old"),
  "a folder": (target) => mkdirSync(target),
  "a FIFO": (target) => execFileSync("mkfifo", [target]),
  "a link": (target) => {
    writeFileSync(`${target}.old`, "old");
    symlinkSync(`${target}.old`, target);
  },
  "a link to a device": (target) => symlinkSync("/dev/null", target),
  "a link to nothing": (target) => symlinkSync("nowhere", target),
};

function stateOf(target: string): unknown {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  const isReadable =
    stats?.isFile() || (stats?.isSymbolicLink() && lstatSync(`${target}.old`, { throwIfNoEntry: false }));
  return [stats?.mode, stats?.ino, isReadable ? readFileSync(target, "utf8") : undefined];
}

for (const [kind, make] of Object.entries(targets)) {
  test(`runNotebook() of arbitrary bytes into ${kind}: an error in words, and the target stays`, async (t) => {
    const folder = temporaryFolder(t);
    const input = path.join(folder, "in.ipynb");
    const target = path.join(folder, "out.ipynb");
    make(target);
    const before = stateOf(target);
    await fc.assert(
      fc.asyncProperty(bytes, async (each) => {
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
    fc.asyncProperty(bytes, async (each) => {
      writeFileSync(file, each);
      const { status, problem = "" } = await checkNotebook(file, { update: true });
      assert.equal(status, "could-not-run");
      assert.match(problem, /\S.{3,}/);
      assert.ok(readFileSync(file).equals(each));
    }),
    { numRuns: 100 },
  );
});
