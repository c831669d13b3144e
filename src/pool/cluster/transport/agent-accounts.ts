import type { Redis } from "ioredis";
import type { AgentAccount } from "../protocol/agent-account.js";
import { agentKey } from "../protocol/names.js";

/** The agents that are there, of any version. */
export async function agentAccounts(redis: Redis): Promise<AgentAccount[]> {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ match: agentKey("*"), count: 1000 })) {
    keys.push(...found);
  }
  const texts = keys.length > 0 ? await redis.mget(keys) : [];
  const accounts: AgentAccount[] = texts.filter((text) => text !== null).map((text) => JSON.parse(text));
  return accounts.sort((a, b) => a.host.localeCompare(b.host) || a.pid - b.pid);
}
