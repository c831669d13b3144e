import type { RunElsewhere } from "../../runner/elsewhere/elsewhere.js";
import { assertClusterOptions, type ClusterChoice } from "../options/cluster-options.js";

interface Choice extends ClusterChoice {
  readonly jobs?: number;
  readonly cache?: string;
  readonly serverUrl?: string;
}

/** Notebooks beyond which a cluster is not asked for one worker each. */
const mostWorkers = 64;

export interface Place {
  /** Notebooks that are run at a time. */
  readonly limit: number;
  /** Undefined on this machine. */
  readonly elsewhere: RunElsewhere | undefined;
}

/** Lets `body` run `count` notebooks where the options say: on this machine, or on the agents of a cluster. Throws UsageError. */
export async function withPlace<T>(
  options: Choice,
  count: number,
  cores: number,
  body: (place: Place) => Promise<T>,
): Promise<T> {
  assertClusterOptions(options);
  const { cluster: url, jobs } = options;
  if (url === undefined || count === 0) {
    return await body({ limit: Math.min(jobs ?? cores, count), elsewhere: undefined });
  }
  const limit = Math.min(jobs ?? mostWorkers, count);
  const { NotebookCluster } = await import("./notebook-cluster.js");
  const cluster = new NotebookCluster(url, options, limit);
  try {
    return await body({ limit, elsewhere: (request) => cluster.run(request) });
  } finally {
    await cluster.end();
  }
}
