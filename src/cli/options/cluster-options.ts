import { type Command, InvalidArgumentError } from "commander";
import { UsageError } from "./usage-error.js";

/** The cluster that notebooks are run on. */
export interface ClusterChoice {
  cluster?: string;
  keyFile?: string;
  insecure?: boolean;
  /** Seconds. */
  lease?: number;
}

const shortestLease = 1;

export function addClusterOptions(command: Command): Command {
  return command
    .option("--cluster <url>", "run the notebooks on the agents of this broker; default: on this machine")
    .option("--key-file <file>", "the cluster's key, mode 0600; default: $POOLBOOK_CLUSTER_KEY")
    .option("--insecure", "take a broker on another machine without password or TLS")
    .option("--lease <seconds>", "silence after which an agent counts as lost; default: 30", lease);
}

function lease(text: string): number {
  const value = Number(text);
  if (!(value >= shortestLease && value < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`Expected a number of seconds of at least ${shortestLease}.`);
  }
  return value;
}

/** Throws UsageError for options that exclude each other. */
export function assertClusterOptions(options: ClusterChoice & { cache?: string; serverUrl?: string }): void {
  const { cluster, keyFile, insecure, lease, cache, serverUrl } = options;
  const own = { "--key-file": keyFile !== undefined, "--insecure": insecure, "--lease": lease !== undefined };
  const [idle] = Object.entries(own).find(([, isGiven]) => isGiven) ?? [];
  if (cluster === undefined && idle !== undefined) {
    throw new UsageError(`${idle} needs --cluster`);
  }
  if (cluster !== undefined && serverUrl !== undefined) {
    throw new UsageError("--cluster and --server-url name two places to run in; give one of them");
  }
  if (cluster !== undefined && cache !== undefined) {
    throw new UsageError("--cache needs kernels of this machine; --cluster has others");
  }
}
