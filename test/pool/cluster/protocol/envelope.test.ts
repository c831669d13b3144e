import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkBrokerUrl } from "#dist/pool/cluster/protocol/address.js";
import { clusterKey } from "#dist/pool/cluster/protocol/cluster-key.js";
import { Opener, Sealer } from "#dist/pool/cluster/protocol/envelope.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const key = Buffer.from("a key of the tests, which opens nothing");
const place = { pool: "p", slot: "s", lease: "l", to: "agent" } as const;
const bytes = (text: string) => Buffer.from(text);

describe("Opener", () => {
  test("takes messages in order, also those that travel in parts", () => {
    const [sealer, opener] = [new Sealer(key, place), new Opener(key, place)];
    const long = Buffer.alloc(9 * 2 ** 20, "x");
    for (const message of [bytes("one"), bytes(""), long]) {
      const opened = sealer.seal(message).map((envelope) => opener.open(envelope));
      assert.deepEqual(opened.slice(0, -1), Array(opened.length - 1).fill(undefined));
      assert.deepEqual(Buffer.from(opened.at(-1) ?? []), message);
    }
  });

  test("refuses what has another key or place, was altered, comes again or too early", () => {
    const sealer = new Sealer(key, place);
    const [first, second] = ["a", "b"].flatMap((text) => sealer.seal(bytes(text)));
    assert.ok(first && second);
    for (const [otherKey, otherPlace] of [
      [bytes("another key, as long"), place],
      [key, { ...place, pool: "q" }],
      [key, { ...place, slot: "t" }],
      [key, { ...place, lease: "" }],
      [key, { ...place, to: "client" }],
    ] as const) {
      assert.throws(() => new Opener(otherKey, otherPlace).open(first), { reason: "signature" });
    }
    const opener = new Opener(key, place);
    assert.throws(() => opener.open({ ...first, body: bytes("c") }), { reason: "signature" });
    assert.throws(() => opener.open({ ...first, head: second.head }), { reason: "signature" });
    assert.throws(() => opener.open({ ...first, head: bytes("short") }), { reason: "signature" });
    assert.throws(() => opener.open(second), { reason: "gap" });
    opener.open(first);
    assert.throws(() => opener.open(first), { reason: "repeated" });
    opener.open(second);
  });
});

test("checkBrokerUrl() wants a password and TLS off this machine, unless told otherwise", () => {
  for (const url of ["redis://127.0.0.1", "redis://localhost:1", "redis://[::1]:6379", "rediss://u:p@web1"]) {
    checkBrokerUrl(url, false, "");
  }
  checkBrokerUrl("redis://web1", true, "");
  assert.throws(() => checkBrokerUrl("redis://web1", false, "--x"), /no password and no TLS.*--x/);
  assert.throws(() => checkBrokerUrl("redis://u:p@127.evil.org", false, ""), /no TLS/);
  assert.throws(() => checkBrokerUrl("rediss://web1", false, ""), /no password/);
  assert.throws(() => checkBrokerUrl("http://web1", true, ""), TypeError);
});

test("clusterKey() refuses a missing or short key, and a file that others may read", (t) => {
  const file = join(temporaryFolder(t), "key");
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  assert.deepEqual(clusterKey(file), key);
  chmodSync(file, 0o640);
  assert.throws(() => clusterKey(file), /chmod 600/);
  writeFileSync(file, "short");
  chmodSync(file, 0o600);
  assert.throws(() => clusterKey(file), /too short/);
});
