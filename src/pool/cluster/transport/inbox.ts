import type { Redis } from "ioredis";
import type { Envelope } from "../protocol/envelope.js";
import { inboxOf } from "../protocol/names.js";

/** Milliseconds that a read waits for messages. */
const patience = 2000;

/** Milliseconds after which a read that has not come back counts as lost, and the connection as dead. */
const longestRead = 4 * patience;

const mostAtOnce = 32;

/** Reads the messages of a stream, each once, and removes them from it. */
export class Inbox {
  readonly #key: string;
  readonly #redis: Redis;
  readonly #reader: Redis;
  readonly #onEnvelope: (slot: string, envelope: Envelope) => void;
  #last = "0-0";
  #isClosed = false;

  /** Takes two connections: one of them waits for messages all the time. */
  constructor(
    id: string,
    connections: { redis: Redis; reader: Redis },
    onEnvelope: (slot: string, envelope: Envelope) => void,
  ) {
    this.#key = inboxOf(id);
    this.#redis = connections.redis;
    this.#reader = connections.reader;
    this.#onEnvelope = onEnvelope;
  }

  /** Makes the stream, which nobody else does: where it is missing, there is nobody to read it. */
  async open(lifetime: number): Promise<void> {
    await keepInbox(this.#redis, this.#key, lifetime);
    void this.#read();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#reader.disconnect();
    await this.#redis.del(this.#key);
  }

  async #read(): Promise<void> {
    while (!this.#isClosed) {
      const watchdog = setTimeout(() => this.#reader.disconnect(true), longestRead).unref();
      try {
        const streams = await this.#reader.xreadBuffer(
          "COUNT",
          mostAtOnce,
          "BLOCK",
          patience,
          "STREAMS",
          this.#key,
          this.#last,
        );
        clearTimeout(watchdog);
        this.#take(streams?.[0]?.[1] ?? []);
      } catch {
        // Its connection was closed, or comes back.
        clearTimeout(watchdog);
      }
    }
  }

  #take(entries: readonly [id: Buffer, fields: Buffer[]][]): void {
    const last = entries.at(-1)?.[0].toString();
    if (last === undefined) {
      return;
    }
    this.#last = last;
    const [milliseconds, count] = last.split("-");
    this.#redis.xtrim(this.#key, "MINID", `${milliseconds}-${Number(count) + 1}`).catch(() => {});
    for (const [, [, slot, , head, , body]] of entries) {
      if (slot && head && body) {
        this.#onEnvelope(slot.toString(), { head, body });
      }
    }
  }
}

/** Keeps the stream for so many milliseconds, and makes it if it is not there. */
export async function keepInbox(redis: Redis, key: string, lifetime: number): Promise<void> {
  if ((await redis.pexpire(key, lifetime)) === 0) {
    await redis.multi().xadd(key, "*", "made", "").xtrim(key, "MAXLEN", 0).pexpire(key, lifetime).exec();
  }
}
