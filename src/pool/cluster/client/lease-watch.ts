import type { Redis } from "ioredis";
import { jobKey, lockOf, refusalOf } from "../protocol/names.js";
import type { AskedSlot } from "./asked-slot.js";
import { beatsPerLease } from "./heartbeat-data.js";

/** Looks; counted, because a process that computes for long has no time for any. */
const mostOverdue = 2 * beatsPerLease;

/**
 * Looks at the locks of leased slots and the jobs of those that are waited for: an agent that dies, or is cut off, says
 * nothing. Not by BullMQ's events: those of stalled jobs come late when all agents are busy, and not at all when the last
 * one is gone.
 */
export class LeaseWatch {
  readonly #redis: Redis;
  readonly #slots: () => Iterable<AskedSlot>;
  readonly #timer: NodeJS.Timeout;
  /** Slots that were missing at the last look: their last messages may have been on their way. */
  #missing = new Set<AskedSlot>();
  /** Looks that were due since the one began that is under way; undefined if none is. */
  #overdue: number | undefined;

  constructor(redis: Redis, interval: number, slots: () => Iterable<AskedSlot>) {
    this.#redis = redis;
    this.#slots = slots;
    this.#timer = setInterval(() => void this.#look(), interval).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    // Asked for each time: it also tells slots that are lost while the broker does not answer.
    const slots = [...this.#slots()];
    if (this.#overdue !== undefined) {
      this.#wait(this.#overdue + 1);
      return;
    }
    this.#overdue = 0;
    const looks = slots.map(async (slot) => {
      const key = slot.isLeased ? lockOf(slot.id) : jobKey(slot.id);
      return (await this.#redis.exists(key)) === 0 ? slot : undefined;
    });
    try {
      const missing = (await Promise.all(looks)).filter((slot) => slot !== undefined);
      const lost = missing.filter((slot) => this.#missing.has(slot));
      this.#missing = new Set(missing);
      for (const slot of lost) {
        await this.#tell(slot);
      }
    } catch {
      // The connection was closed.
    }
    this.#overdue = undefined;
  }

  /** Makes the connection anew when it has been silent for too long: it may be dead, and nobody said so. */
  #wait(overdue: number): void {
    this.#overdue = overdue % mostOverdue;
    if (overdue === mostOverdue) {
      this.#redis.disconnect(true);
    }
  }

  async #tell(slot: AskedSlot): Promise<void> {
    if (slot.isLeased) {
      slot.onLost();
    } else {
      const reason = await this.#redis.get(refusalOf(slot.id));
      slot.onRefused(reason ?? undefined);
    }
  }
}
