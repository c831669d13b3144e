import type { Redis } from "ioredis";
import { jobKey } from "../protocol/names.js";

const anHour = 60 * 60 * 1000;

/** BullMQ keeps them for ever; all that they hold is made again when it is missing. */
const keptForEver = ["meta", "id", "events", "stalled"].map(jobKey);

/** Lets go by itself what the queue of slots would leave behind in the broker, some time after its last use. */
export async function letQueueExpire(redis: Redis): Promise<void> {
  await Promise.all(keptForEver.map((key) => redis.pexpire(key, anHour)));
}
