import type { Redis } from "ioredis";
import type { AgentAccount } from "../protocol/agent-account.js";
import { protocol } from "../protocol/names.js";
import { agentAccounts } from "../transport/agent-accounts.js";
import { waitBriefly } from "../transport/brief-wait.js";

/** The reason why a cluster has no worker to give, as far as its broker tells in a moment. */
export async function whyNoWorker(redis: Redis): Promise<string> {
  let agents: readonly AgentAccount[] | undefined;
  await waitBriefly(
    agentAccounts(redis).then((found) => {
      agents = found;
    }),
  );
  if (!agents) {
    return "its broker does not answer";
  }
  const others = agents.filter((agent) => agent.protocol !== protocol);
  if (agents.length > 0 && others.length === agents.length) {
    const spoken = [...new Set(others.map((agent) => `${agent.protocol} (poolbook ${agent.poolbook})`))];
    return `its agents speak protocol ${spoken.join(", ")}, this pool speaks protocol ${protocol}`;
  }
  const count = agents.length - others.length;
  return count === 0 ? "no agent is there" : `the workers of its ${count} agents are taken`;
}
