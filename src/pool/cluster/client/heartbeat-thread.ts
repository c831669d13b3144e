import { parentPort, workerData } from "node:worker_threads";
import { now } from "../../wire/clock.cjs";
import { inboxOf, lifeOf } from "../protocol/names.js";
import { waitBriefly } from "../transport/brief-wait.js";
import { connect } from "../transport/connection.js";
import { keepInbox } from "../transport/inbox.js";
import { beatsPerLease, type HeartbeatData } from "./heartbeat-data.js";

const { url, client, lease, lastBeat }: HeartbeatData = workerData;

const redis = connect({
  url,
  onError: (error, isHopeless) => parentPort?.postMessage({ error: error.message, isHopeless }),
});
let isBeating = false;

async function beat(): Promise<void> {
  if (isBeating) {
    return;
  }
  isBeating = true;
  try {
    await redis.set(lifeOf(client), "", "PX", lease);
    await keepInbox(redis, inboxOf(client), 2 * lease);
    // Not the time at which it was sent: while the broker is away, that may be long ago.
    const taken = now();
    new Float64Array(lastBeat)[0] = taken;
    parentPort?.postMessage({ beat: taken });
  } catch {
    // The connection was closed.
  }
  isBeating = false;
}

void beat();
const timer = setInterval(beat, lease / beatsPerLease);

parentPort?.once("message", async () => {
  clearInterval(timer);
  await waitBriefly(redis.del(lifeOf(client)));
  redis.disconnect();
  parentPort?.close();
});
