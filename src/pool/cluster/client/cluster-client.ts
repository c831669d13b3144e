import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { FilledClusterOptions } from "../../cluster-options.js";
import { BrokenPoolError } from "../../errors.cjs";
import { Opener } from "../protocol/envelope.js";
import type { ToAgent } from "../protocol/messages.js";
import { prefix, shownUrl, slotQueue } from "../protocol/names.js";
import { signRequest } from "../protocol/request.js";
import { ownVersions } from "../protocol/versions.js";
import { waitBriefly } from "../transport/brief-wait.js";
import { connect } from "../transport/connection.js";
import { Inbox } from "../transport/inbox.js";
import { Outbox } from "../transport/outbox.js";
import { letQueueExpire } from "../transport/queue-keys.js";
import type { AskedSlot, SlotClient } from "./asked-slot.js";
import { Heartbeat } from "./heartbeat.js";
import { beatsPerLease } from "./heartbeat-data.js";
import { LeaseWatch } from "./lease-watch.js";
import { whyNoWorker } from "./no-worker.js";

/**
 * Silence of this process, in leases, after which the workers that it had before are dead for sure: a beat that nobody
 * confirmed lasts for one, and their agents end them at their next look.
 */
const deadlySilence = 1.5;

/** A pool's side of the cluster: asks for slots, and takes what their agents send. */
export class ClusterClient implements SlotClient {
  readonly #id = randomBytes(16).toString("hex");
  readonly #options: FilledClusterOptions;
  readonly #key: Buffer;
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #inbox: Inbox;
  readonly #heartbeat: Heartbeat;
  readonly #watch: LeaseWatch;
  /** Rejects when no worker is there in time. */
  readonly #limit: Promise<never>;
  #startTimer: NodeJS.Timeout | undefined;
  #failOpening!: (error: BrokenPoolError) => void;
  readonly #slots = new Map<string, AskedSlot>();
  /** By agent. */
  readonly #sources = new Map<string, Set<string>>();

  constructor(options: FilledClusterOptions, key: Buffer) {
    const { url, lease } = options;
    this.#options = options;
    this.#key = key;
    const connection = { url, isUnref: true };
    this.#redis = connect(connection);
    this.#queue = new Queue(slotQueue, { connection: this.#redis, prefix, skipVersionCheck: true });
    this.#queue.on("error", () => {});
    this.#heartbeat = new Heartbeat({ url, client: this.#id, lease });
    const connections = { redis: this.#redis, reader: connect(connection) };
    this.#inbox = new Inbox(this.#id, connections, (slot, envelope) =>
      this.#slots.get(slot)?.receive(envelope),
    );
    this.#watch = new LeaseWatch(this.#redis, lease / beatsPerLease, () => this.#watched());
    this.#limit = new Promise((_, reject) => {
      this.#failOpening = reject;
    });
    this.#limit.catch(() => {});
  }

  /** Resolves when agents can see it; rejects with a BrokenPoolError if the broker does not let it in, or not in time. */
  async open(): Promise<void> {
    this.#awaitWorker();
    try {
      await Promise.race([this.#heartbeat.begun, this.#limit]);
    } catch (error) {
      throw error instanceof BrokenPoolError ? error : this.#broken("cannot be used", error);
    }
    await this.#inbox.open(2 * this.#options.lease);
  }

  ask(slot: AskedSlot): void {
    this.#slots.set(slot.id, slot);
    this.#awaitWorker();
    const request = {
      slot: slot.id,
      pool: this.#id,
      client: this.#id,
      name: slot.name,
      lease: this.#options.lease,
      host: hostname(),
      versions: ownVersions(),
    };
    const data = signRequest(request, this.#key);
    const options = { jobId: slot.id, removeOnComplete: true, removeOnFail: true };
    this.#queue.add("slot", data, options).catch((error) => slot.fail(error));
  }

  async takeBack(slot: AskedSlot): Promise<boolean> {
    return (await this.#queue.remove(slot.id).catch(() => 0)) === 1;
  }

  onLeased(): void {
    clearTimeout(this.#startTimer);
    this.#startTimer = undefined;
  }

  forget(slot: AskedSlot): void {
    this.#slots.delete(slot.id);
    this.#queue.remove(slot.id).catch(() => {});
  }

  opener({ id }: AskedSlot, lease: string): Opener {
    return new Opener(this.#key, { pool: this.#id, slot: id, lease, to: "client" });
  }

  outbox(slot: AskedSlot, { lease, inbox }: { lease: string; inbox: string }): Outbox<ToAgent> {
    const place = { pool: this.#id, slot: slot.id, lease, to: "agent" } as const;
    return new Outbox(this.#redis, this.#key, { place, inbox }, () => slot.onLost());
  }

  sourcesAt(agent: string): Set<string> {
    const known = this.#sources.get(agent) ?? new Set();
    this.#sources.set(agent, known);
    return known;
  }

  async close(): Promise<void> {
    this.onLeased();
    this.#watch.stop();
    const stopped = this.#heartbeat.stop();
    await stopped;
    await waitBriefly(Promise.all([this.#inbox.close(), letQueueExpire(this.#redis)]));
    this.#redis.disconnect();
  }

  /** Its slots; those that are dead for sure are told so. */
  #watched(): Iterable<AskedSlot> {
    const { silence } = this.#heartbeat;
    for (const slot of this.#slots.values()) {
      if (slot.isLeased && Math.min(silence, slot.age) > deadlySilence * this.#options.lease) {
        slot.onLost();
      }
    }
    return this.#slots.values();
  }

  /** Until the first worker is there, or again. */
  #awaitWorker(): void {
    if (![...this.#slots.values()].some((slot) => slot.isLeased)) {
      this.#startTimer ??= setTimeout(() => void this.#giveUp(), this.#options.startTimeout).unref();
    }
  }

  async #giveUp(): Promise<void> {
    const reason = this.#heartbeat.problem ?? (await whyNoWorker(this.#redis));
    if (this.#startTimer === undefined) {
      return;
    }
    const limit = `has no worker to give within ${this.#options.startTimeout / 1000} s`;
    const error = this.#broken(limit, new Error(this.#heartbeat.problem ?? reason));
    this.#failOpening(error);
    for (const slot of [...this.#slots.values()]) {
      slot.fail(error);
    }
  }

  #broken(reason: string, cause: unknown): BrokenPoolError {
    const detail = cause instanceof Error ? `: ${cause.message}` : "";
    return new BrokenPoolError(`the cluster ${shownUrl(this.#options.url)} ${reason}${detail}`, { cause });
  }
}
