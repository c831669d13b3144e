import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import { doJobs, type Job } from "#dist/cli/inputs/jobs.js";

/** What is done, in its order, when the first job takes until the second is ready to have its own turn. */
async function order(limit: number): Promise<string[]> {
  const told: string[] = [];
  const events = new EventEmitter();
  const secondIsReady = once(events, "ready");
  const job = (name: string, ready: () => Promise<unknown>) => async (): Promise<Job> => ({
    isSerial: false,
    run: async (turn) => {
      await ready();
      await turn();
      told.push(`${name} begins`);
      await new Promise(setImmediate);
      told.push(`${name} ends`);
    },
  });
  await doJobs([job("first", () => secondIsReady), job("second", async () => events.emit("ready"))], limit);
  return told;
}

test("one job at a time is done behind the one before it, whichever is ready first", async () => {
  assert.deepEqual(await order(1), ["first begins", "first ends", "second begins", "second ends"]);
});

test("of several at a time, one that is ready does not wait for another", async () => {
  assert.equal((await order(2))[0], "second begins");
});
