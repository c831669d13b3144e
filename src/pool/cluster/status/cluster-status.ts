import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { AgentAccount } from "../protocol/agent-account.js";
import { prefix, protocol, slotQueue } from "../protocol/names.js";
import { agentAccounts } from "../transport/agent-accounts.js";
import { connect } from "../transport/connection.js";

/** Milliseconds that the broker gets to answer. */
const patience = 10_000;

export interface ClusterStatus {
  readonly protocol: number;
  readonly agents: readonly AgentAccount[];
  /** Workers that pools wait for. */
  readonly waiting: number;
}

/** Asks the broker who is there. Rejects if it cannot be reached, or does not let one in. */
export async function clusterStatus(url: string): Promise<ClusterStatus> {
  let problem = "it does not answer";
  let giveUp: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const redis = connect({
    url,
    onError: ({ message }, isHopeless) => {
      problem = message;
      if (isHopeless) {
        giveUp(new Error(`The broker refuses: ${message}`));
      }
    },
  });
  const timer = setTimeout(() => giveUp(new Error(`The broker cannot be reached: ${problem}`)), patience);
  try {
    return await Promise.race([read(redis), failed]);
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
}

async function read(redis: Redis): Promise<ClusterStatus> {
  const queue = new Queue(slotQueue, {
    connection: redis,
    prefix,
    skipVersionCheck: true,
    skipMetasUpdate: true,
  });
  queue.on("error", () => {});
  const { wait = 0 } = await queue.getJobCounts("wait");
  return { protocol, agents: await agentAccounts(redis), waiting: wait };
}
