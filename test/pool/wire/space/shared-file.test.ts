import assert from "node:assert/strict";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { withPool } from "poolbook";
import { toPayload } from "#dist/pool/wire/payload.cjs";
import { receivePayload, sendPayload } from "#dist/pool/wire/sent-payload.cjs";
import { SharedFile } from "#dist/pool/wire/space/shared-file.cjs";
import type { Progress } from "#dist/pool/wire/space/shared-space.cjs";
import { goOnAfter } from "#dist/pool/workers/local/go-on-after.js";

const mebibyte = 2 ** 20;

const require = createRequire(import.meta.url);

describe("large values", () => {
  test("arrive whole, one after another and side by side", async () => {
    await withPool(2, async (pool) => {
      const echo = <T>(value: T) => value;
      const text = "ä€😀\ud800\n".repeat(200_000);
      const floats = Float64Array.from({ length: 300_000 }, (_, index) => index / 3);
      const table = { rows: Array.from({ length: 20_000 }, (_, index) => ({ index, name: `row ${index}` })) };
      assert.equal(await pool.apply(echo<string>, [text]), text);
      assert.deepEqual(await pool.apply(echo<Float64Array>, [floats]), floats);
      assert.deepEqual(await pool.apply(echo<typeof table>, [table]), table);
      assert.deepEqual(await pool.apply((...all: unknown[]) => all, [text, 1n, floats, undefined]), [
        text,
        1n,
        floats,
        undefined,
      ]);
    });
  });

  test("of tasks that share a batch are not mixed up", async () => {
    await withPool(2, async (pool) => {
      const double = (text: string, count: number) => text.repeat(2) + count;
      for (const rounds of [1, 2, 3]) {
        const results = Array.from({ length: 400 * rounds }, (_, index) =>
          pool.applyAsync(double, [`${index} `.repeat(index % 2 === 0 ? 2000 : 1), index]),
        );
        for (const [index, result] of results.entries()) {
          const text = `${index} `.repeat(index % 2 === 0 ? 2000 : 1);
          assert.equal(await result.get(), text + text + index);
        }
      }
    });
  });

  test("a received array has a buffer of its own, which outlives the next call", async () => {
    await withPool(1, async (pool) => {
      const fill = (value: number) => new Uint8Array(100_000).fill(value);
      const first = await pool.apply(fill, [1]);
      await pool.apply(fill, [2]);
      assert.equal(first.buffer.byteLength, 100_000);
      assert.ok(first.every((value) => value === 1));
    });
  });
});

/** Begins one task after another, until the batch of its ticket is revoked; answers with the last one it has run. */
const beginning = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { now } = require(workerData.clock);
  const { SharedFile } = require(workerData.sharedFile);
  const space = SharedFile.open(workerData.key);
  parentPort.on("message", (first) => {
    for (let ticket = first; ; ticket++) {
      space.begin(ticket);
      if (space.isRevoked(first, now())) {
        parentPort.postMessage(ticket - 1);
        return;
      }
    }
  });
`;

describe("SharedFile", () => {
  test("nothing is begun behind the mark that is read after a revocation, whenever that comes", async (t) => {
    const file = SharedFile.create();
    t.after(() => file.close());
    const [clock, sharedFile] = [
      require.resolve("#dist/pool/wire/clock.cjs"),
      require.resolve("#dist/pool/wire/space/shared-file.cjs"),
    ];
    const worker = new Worker(beginning, { eval: true, workerData: { clock, sharedFile, key: file.key } });
    t.after(() => worker.terminate());
    for (let round = 0, first = 1; round < 100; round++) {
      const answer = once(worker, "message");
      worker.postMessage(first);
      await setTimeout(round % 4);
      file.revoke(first);
      const { begun } = await new Promise<Progress>((resolve) =>
        goOnAfter(file.untilHeeded, round % 2 === 0, () => resolve(file.progress)),
      );
      const [lastRun] = await answer;
      assert.ok(lastRun <= Math.max(begun, first - 1), `${lastRun} was run, ${begun} was begun`);
      first = lastRun + 2;
    }
  });

  test("that takes no more bytes: they travel in the message", () => {
    const file = SharedFile.create();
    file.close();
    const values = [new Uint8Array(mebibyte).fill(7)];
    const sent = sendPayload(toPayload(values, "process"), file);
    assert.equal(typeof (sent as { encoded: unknown }).encoded, "string");
    assert.deepEqual(receivePayload(sent, file), values);
  });

  test("gives its space back when the next batch begins", () => {
    const file = SharedFile.create();
    const size = () => statSync(file.key).size;
    file.write(new Uint8Array(20 * mebibyte));
    assert.ok(size() >= 20 * mebibyte);
    file.clear();
    assert.ok(size() < mebibyte);
    file.close();
  });

  test("has no name that could be left behind", { skip: process.platform !== "linux" }, () => {
    const file = SharedFile.create();
    assert.match(file.key, /^\/proc\/\d+\/fd\/\d+$/);
    assert.equal(statSync(file.key).nlink, 0);
    file.close();
  });
});
