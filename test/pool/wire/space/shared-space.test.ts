import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { now } from "#dist/pool/wire/clock.cjs";
import { SharedFile } from "#dist/pool/wire/space/shared-file.cjs";
import { SharedMemory } from "#dist/pool/wire/space/shared-memory.cjs";
import { longestUnasked, type SharedSpace } from "#dist/pool/wire/space/shared-space.cjs";

const mebibyte = 2 ** 20;

const spaces: [name: string, open: () => [own: SharedSpace, worker: SharedSpace]][] = [
  [
    "SharedFile",
    () => {
      const own = SharedFile.create();
      return [own, SharedFile.open(own.key)];
    },
  ],
  [
    "SharedMemory",
    () => {
      const own = new SharedMemory();
      return [own, new SharedMemory(own.key)];
    },
  ],
];

/** The results among what is kept. */
const listIn = (kept: string): unknown[] =>
  (JSON.parse(`[${kept}0]`) as unknown[]).filter((item) => Array.isArray(item));

for (const [name, open] of spaces) {
  describe(`${name}: what a worker notes`, () => {
    test("nothing before its first task", () => {
      const [own, worker] = open();
      assert.deepEqual(own.progress, { begun: 0, kept: "" });
      assert.equal(worker.isRevoked(1, now()), false);
      own.close();
      worker.close();
    });

    test("is the task begun last and the results before it, until a task begins without", () => {
      const [own, worker] = open();
      worker.begin(7);
      assert.deepEqual(own.progress, { begun: 7, kept: "" });
      assert.ok(worker.beginNext(8, '[7,"ä€😀\\n"]'));
      assert.ok(worker.beginNext(9, "[8,true]"));
      assert.equal(own.progress.begun, 9);
      const results = [
        [7, "ä€😀\n"],
        [8, true],
      ];
      assert.deepEqual(listIn(own.progress.kept), results);
      assert.deepEqual(listIn(own.readKept(worker.keptLength)), results);
      worker.begin(10);
      assert.deepEqual(own.progress, { begun: 10, kept: "" });
      assert.ok(worker.beginNext(11, "[10]"));
      assert.equal(own.progress.begun, 11);
      assert.deepEqual(listIn(own.progress.kept), [[10]]);
      own.close();
      worker.close();
    });

    test("ends where there is no room, and begins anew", () => {
      const [own, worker] = open();
      worker.begin(1);
      const result = JSON.stringify(["x".repeat(1000)]);
      let ticket = 1;
      while (worker.beginNext(ticket + 1, result)) {
        ticket++;
      }
      assert.ok(ticket > 20);
      assert.equal(own.progress.begun, ticket);
      assert.equal(listIn(own.progress.kept).length, ticket - 1);
      worker.begin(ticket + 1);
      assert.deepEqual(own.progress, { begun: ticket + 1, kept: "" });
      own.close();
      worker.close();
    });

    test("large values and a revoked batch leave it as it is", () => {
      const [own, worker] = open();
      own.clear();
      const place = own.write(new Uint8Array(mebibyte).fill(7));
      worker.continueAt(own.end);
      worker.begin(1);
      assert.ok(worker.beginNext(2, "[1]"));
      own.revoke(1);
      assert.ok(worker.isRevoked(1, now()));
      assert.deepEqual(worker.write(new Uint8Array(3))?.[0], own.end);
      assert.ok(place && worker.read(place).every((byte) => byte === 7));
      assert.equal(own.progress.begun, 2);
      assert.deepEqual(listIn(own.progress.kept), [[1]]);
      own.close();
      worker.close();
    });

    test("asks again before long, and at once for the next batch, whether that is revoked", () => {
      const [own, worker] = open();
      const asked = now();
      assert.equal(worker.isRevoked(1, asked), false);
      own.revoke(1);
      assert.ok(worker.isRevoked(1, asked + longestUnasked));
      own.revoke(2);
      assert.ok(worker.isRevoked(2, asked + longestUnasked));
      own.close();
      worker.close();
    });
  });
}
