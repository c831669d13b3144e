import { positiveInteger, shown } from "./checks.js";
import type { WorkerType } from "./worker-type.cjs";

/** The cluster from which a pool leases its workers. Times are in milliseconds. */
export interface ClusterOptions {
  /** Of the broker: `rediss://user:password@host:port/database`, or `redis://` on this machine. */
  readonly url: string;
  /** File of mode 0600 with the cluster's key. Default: `POOLBOOK_CLUSTER_KEY`, or the file in `POOLBOOK_CLUSTER_KEY_FILE`. */
  readonly keyFile?: string;
  /** Allows a broker on another machine without password or TLS. Default: false. */
  readonly insecure?: boolean;
  /** Time within which the first worker must be there, or the pool is broken. Default: 60,000. */
  readonly startTimeout?: number;
  /** Time after which a pool that has nothing to do gives its workers back, until it has. Default: 60,000. */
  readonly idleTimeout?: number;
  /** Silence after which a worker, or this process, counts as dead; at least 1,000. Default: 30,000. */
  readonly lease?: number;
}

export interface FilledClusterOptions extends Required<Omit<ClusterOptions, "keyFile">> {
  readonly keyFile: string | undefined;
}

const shortestLease = 1000;

/** Undefined for a pool whose workers are local. Throws a TypeError or RangeError for bad options. */
export function fillClusterOptions(given: {
  cluster?: unknown;
  workerType?: WorkerType;
}): FilledClusterOptions | undefined {
  const { cluster = given.workerType === "thread" ? undefined : process.env.POOLBOOK_CLUSTER, workerType } =
    given;
  if (cluster === undefined || cluster === false || cluster === "") {
    return undefined;
  }
  if (workerType === "thread") {
    throw new TypeError("`cluster` is not for threads: they run in this process");
  }
  const options = typeof cluster === "string" ? { url: cluster } : cluster;
  if (!isOptions(options)) {
    throw new TypeError(
      `Expected \`cluster\` to be the URL of a broker, options with its \`url\`, or false, got \`${shown(cluster)}\``,
    );
  }
  const { url, keyFile, insecure = false, startTimeout = 60_000, idleTimeout = 60_000 } = options;
  const lease = positiveInteger("cluster.lease", options.lease ?? 30_000);
  if (lease < shortestLease) {
    throw new RangeError(`Expected \`cluster.lease\` to be at least ${shortestLease} ms, got \`${lease}\``);
  }
  return {
    url,
    keyFile,
    insecure,
    startTimeout: positiveInteger("cluster.startTimeout", startTimeout),
    idleTimeout: positiveInteger("cluster.idleTimeout", idleTimeout),
    lease,
  };
}

function isOptions(value: unknown): value is ClusterOptions {
  return typeof value === "object" && value !== null && "url" in value && typeof value.url === "string";
}
