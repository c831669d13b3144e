import { resolve } from "node:path";
import type { WorkerOptions } from "../../options.js";
import type { AgentOptions } from "./agent-options.js";

/** The options of a worker on this machine. It runs in the agent's folder, and does not get the cluster's key. */
export function startOptions(wanted: WorkerOptions, { folder, maxMemory }: AgentOptions): WorkerOptions {
  const limits = [wanted.maxMemory, maxMemory].filter((limit) => limit !== undefined);
  return {
    workerType: "process",
    execArgv: wanted.execArgv,
    env: withoutCluster(wanted.env ?? process.env),
    cwd: resolve(folder, wanted.cwd ?? "."),
    maxMemory: limits.length > 0 ? Math.min(...limits) : undefined,
  };
}

function withoutCluster(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("POOLBOOK_CLUSTER")));
}
