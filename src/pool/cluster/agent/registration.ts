import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { residentMemory } from "../../workers/local/memory-limit.js";
import type { AgentAccount, SlotAccount } from "../protocol/agent-account.js";
import { agentKey, protocol } from "../protocol/names.js";

/** Milliseconds between two accounts, and for which one lasts. */
const interval = 5000;
const lifetime = 30_000;

const kibibyte = 1024;

type Part = Pick<AgentAccount, "host" | "folder" | "processes" | "isDraining" | "slots">;

/** Keeps the agent's account of itself in the broker. */
export class Registration {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #account: () => Part;
  readonly #since = Date.now();
  readonly #poolbook = version();
  #timer: NodeJS.Timeout | undefined;

  constructor(redis: Redis, id: string, account: () => Part) {
    this.#redis = redis;
    this.#key = agentKey(id);
    this.#account = account;
  }

  /** Calls `renew` each time, too. */
  begin(renew: () => Promise<void>): void {
    const beat = () => void Promise.all([this.#write(), renew()]).catch(() => {});
    beat();
    this.#timer = setInterval(beat, interval);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#redis.del(this.#key);
  }

  async #write(): Promise<void> {
    const { host, folder, processes, isDraining, slots } = this.#account();
    const account: AgentAccount = {
      host,
      pid: process.pid,
      poolbook: this.#poolbook,
      protocol,
      node: process.versions.node,
      folder,
      processes,
      isDraining,
      since: this.#since,
      memory: memoryOf(slots),
      slots,
    };
    await this.#redis.set(this.#key, JSON.stringify(account), "PX", lifetime);
  }
}

function memoryOf(slots: readonly SlotAccount[]): number {
  const pids = slots.map(({ pid }) => pid).filter((pid) => pid > 0);
  const kibibytes = pids.reduce((sum, pid) => sum + residentMemory(pid), 0);
  return kibibytes * kibibyte + process.memoryUsage.rss();
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../../../../package.json", import.meta.url), "utf8")).version;
}
