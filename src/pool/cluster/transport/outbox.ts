import type { Redis } from "ioredis";
import { now } from "../../wire/clock.cjs";
import { encode } from "../../wire/structured-clone.cjs";
import { type Place, Sealer } from "../protocol/envelope.js";
import type { Timed } from "../protocol/messages.js";
import { inboxOf } from "../protocol/names.js";

/** Sends the messages of one slot in one direction. */
export class Outbox<Message> {
  readonly #redis: Redis;
  readonly #inbox: string;
  readonly #slot: string;
  readonly #sealer: Sealer;
  readonly #onUnreachable: () => void;

  /** `onUnreachable` is called when there is nobody to read the messages. */
  constructor(
    redis: Redis,
    clusterKey: Buffer,
    to: { readonly place: Place; readonly inbox: string },
    onUnreachable: () => void,
  ) {
    this.#redis = redis;
    this.#inbox = inboxOf(to.inbox);
    this.#slot = to.place.slot;
    this.#sealer = new Sealer(clusterKey, to.place);
    this.#onUnreachable = onUnreachable;
  }

  /** Resolves when the broker has the message, or cannot get it any more. */
  async send(message: Message): Promise<void> {
    const timed: Timed<Message> = [now(), message];
    const sent = this.#sealer.seal(encode(timed)).map(async ({ head, body }) => {
      const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      const fields = ["s", this.#slot, "h", head, "b", bytes] as const;
      return this.#redis.xadd(this.#inbox, "NOMKSTREAM", "*", ...fields);
    });
    try {
      if ((await Promise.all(sent)).includes(null)) {
        this.#onUnreachable();
      }
    } catch {
      this.#onUnreachable();
    }
  }
}
