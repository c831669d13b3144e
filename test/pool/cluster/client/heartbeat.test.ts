import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Heartbeat } from "#dist/pool/cluster/client/heartbeat.js";
import { Broker, noBroker } from "../../../helpers/broker.js";

/** Milliseconds. */
const lease = 1000;

test("Heartbeat is as old as the broker's word, not as a beat that had to wait for the broker", {
  skip: noBroker,
}, async (t) => {
  const broker = await Broker.start();
  const heartbeat = new Heartbeat({ url: broker.url, client: "somebody", lease });
  t.after(async () => {
    await heartbeat.stop();
    await broker.stop();
  });
  await heartbeat.begun;
  await broker.kill();
  while (heartbeat.silence < 2 * lease) {
    await nextTurn();
  }
  await broker.restart();
  let before = heartbeat.silence;
  while (heartbeat.silence >= before) {
    before = heartbeat.silence;
    await nextTurn();
  }
  assert.ok(heartbeat.silence < lease, String(heartbeat.silence));
});
