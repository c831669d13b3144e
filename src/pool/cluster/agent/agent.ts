import { randomBytes } from "node:crypto";
import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { inboxOf, lifeOf, prefix, refusalOf, shownUrl, slotQueue } from "../protocol/names.js";
import { readRequest, type SignedRequest, type SlotRequest } from "../protocol/request.js";
import { mismatch, ownVersions } from "../protocol/versions.js";
import { waitBriefly } from "../transport/brief-wait.js";
import { connect } from "../transport/connection.js";
import { Inbox, keepInbox } from "../transport/inbox.js";
import { letQueueExpire } from "../transport/queue-keys.js";
import type { AgentOptions } from "./agent-options.js";
import { assertKeepsAll } from "./eviction.js";
import { keepLease } from "./lease-keeper.js";
import { LeasedWorker } from "./leased-worker.js";
import { Registration } from "./registration.js";
import { SourceCache } from "./sources/source-cache.js";

/** Milliseconds that a lock lasts until the lease says how long. */
const firstLock = 30_000;

/** Milliseconds for which a pool can read why it was refused. */
const refusalLifetime = 60_000;

/** Milliseconds for which the inbox stays after the last renewal, which the registration does. */
const inboxLifetime = 60_000;

/** Takes requests for slots from the queue, and runs their workers. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #id = randomBytes(16).toString("hex");
  #redis!: Redis;
  readonly #refused: Promise<never>;
  readonly #problems = new Set<string>();
  readonly #inbox: Inbox;
  readonly #worker: Worker<SignedRequest>;
  readonly #workers = new Map<string, LeasedWorker>();
  readonly #registration: Registration;
  readonly #cache: SourceCache;
  #isDraining = false;

  constructor(options: AgentOptions) {
    const { url, processes } = options;
    this.#options = options;
    this.#cache = new SourceCache();
    this.#refused = new Promise((_, reject) => {
      const onError = (error: Error, isHopeless: boolean) => {
        this.#sayProblem(error);
        if (isHopeless) {
          reject(new Error(`The broker refuses the agent: ${error.message}`));
        }
      };
      this.#redis = connect({ url, onError });
    });
    this.#refused.catch(() => {});
    const connections = { redis: this.#redis, reader: connect({ url }) };
    this.#inbox = new Inbox(this.#id, connections, (slot, envelope) => {
      this.#workers.get(slot)?.receive(envelope);
    });
    this.#worker = new Worker(slotQueue, (job, token) => this.#serve(job, token ?? ""), {
      connection: this.#redis,
      prefix,
      concurrency: processes,
      autorun: false,
      lockDuration: firstLock,
      skipLockRenewal: true,
      maxStalledCount: 0,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.#worker.on("error", () => {});
    this.#registration = new Registration(this.#redis, this.#id, () => ({
      ...options,
      isDraining: this.#isDraining,
      slots: [...this.#workers.values()].map(({ account }) => account),
    }));
  }

  /** Takes requests until it is drained. Rejects if the broker lets it not in, or throws away what it should keep. */
  async run(): Promise<void> {
    await Promise.race([this.#redis.ping(), this.#refused]);
    await assertKeepsAll(this.#redis);
    await this.#inbox.open(inboxLifetime);
    this.#registration.begin(async () => {
      await keepInbox(this.#redis, inboxOf(this.#id), inboxLifetime);
      await letQueueExpire(this.#redis);
    });
    const { host, processes, url, folder, log } = this.#options;
    log(`${host} has ${processes} workers for ${shownUrl(url)}, in ${folder} (PID ${process.pid})`);
    await this.#worker.run();
  }

  /** Takes no more requests, lets each worker finish its batch, and resolves when all are gone. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    const closed = this.#worker.close();
    const workers = [...this.#workers.values()];
    for (const worker of workers) {
      worker.drain();
    }
    await Promise.all(workers.map(({ over }) => over));
    await waitBriefly(closed);
    await waitBriefly(
      Promise.all([this.#registration.end(), this.#inbox.close(), letQueueExpire(this.#redis)]),
    );
    this.#redis.disconnect();
  }

  /** Ends all workers at once; to be called while it is drained. */
  kill(): void {
    for (const worker of this.#workers.values()) {
      worker.kill();
    }
  }

  /** Once each: while the broker is away it comes again and again. */
  #sayProblem({ message }: Error): void {
    if (!this.#problems.has(message)) {
      this.#problems.add(message);
      this.#options.log(`broker: ${message} (said once)`);
    }
  }

  /** Runs the worker of a slot until it is over. */
  async #serve(job: Job<SignedRequest>, token: string): Promise<void> {
    const request = await this.#accept(job);
    if (!request) {
      return;
    }
    const { log, host } = this.#options;
    const worker = new LeasedWorker(request, this.#redis, this.#id, { ...this.#options, cache: this.#cache });
    this.#workers.set(request.slot, worker);
    log(`${request.name} for a pool on ${request.host}`);
    const lease = {
      duration: request.lease,
      renew: async () => Number(await job.extendLock(token, request.lease)) === 1,
      isClientAlive: async () => (await this.#redis.exists(lifeOf(request.client))) === 1,
    };
    const stop = keepLease(lease, (reason) => {
      log(`${request.name} of ${request.host} is ended on ${host}: ${reason}`);
      worker.kill();
    });
    if (this.#isDraining) {
      worker.drain();
    }
    await worker.over;
    stop();
    this.#workers.delete(request.slot);
  }

  /** Undefined for one that is not to be served: the pool is dead, or the two cannot work together. */
  async #accept(job: Job<SignedRequest>): Promise<SlotRequest | undefined> {
    const { key, host, log } = this.#options;
    try {
      const request = readRequest(job.data, key);
      const problem =
        request.slot === job.id ? mismatch(request.versions, ownVersions()) : "its name is wrong";
      if (problem !== undefined) {
        throw new Error(problem);
      }
      const isAlive = (await this.#redis.exists(lifeOf(request.client))) === 1;
      return isAlive ? request : undefined;
    } catch (error) {
      const reason = `The agent on ${host} refused a request for a worker: ${(error as Error).message}`;
      log(reason);
      await this.#redis.set(refusalOf(job.id ?? ""), reason, "PX", refusalLifetime);
      return undefined;
    }
  }
}
