import type { Redis } from "ioredis";

/** Throws an Error for a broker that is a cache: one that drops keys when its memory is full. */
export async function assertKeepsAll(redis: Redis): Promise<void> {
  const memory = await redis.info("memory").catch(() => "");
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? "noeviction";
  const limit = Number(/^maxmemory:(\d+)/m.exec(memory)?.[1] ?? 0);
  if (limit > 0 && policy !== "noeviction") {
    throw new Error(
      `The broker is a cache: its maxmemory-policy is ${policy}, so it may drop messages; set it to noeviction`,
    );
  }
}
