import type { Command } from "commander";
import { UsageError } from "./usage-error.js";

/** The cluster that notebooks are run on. */
export interface ClusterChoice {
  cluster?: string;
  keyFile?: string;
  insecure?: boolean;
}

export function addClusterOptions(command: Command): Command {
  return command
    .option("--cluster <url>", "run the notebooks on the agents of this broker; default: on this machine")
    .option("--key-file <file>", "the cluster's key, mode 0600; default: $POOLBOOK_CLUSTER_KEY")
    .option("--insecure", "take a broker on another machine without password or TLS");
}

/** Throws UsageError for options that exclude each other. */
export function assertClusterOptions(options: ClusterChoice & { cache?: string; serverUrl?: string }): void {
  const { cluster, keyFile, insecure, cache, serverUrl } = options;
  if (cluster === undefined && (keyFile !== undefined || insecure)) {
    throw new UsageError(`${keyFile === undefined ? "--insecure" : "--key-file"} needs --cluster`);
  }
  if (cluster !== undefined && serverUrl !== undefined) {
    throw new UsageError("--cluster and --server-url name two places to run in; give one of them");
  }
  if (cluster !== undefined && cache !== undefined) {
    throw new UsageError("--cache needs kernels of this machine; --cluster has others");
  }
}
