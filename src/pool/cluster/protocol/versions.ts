import { serialize } from "node:v8";

/** Both sides must know it of each other before values travel. */
export interface Versions {
  readonly node: string;
  /** Version of V8's format of cloned values; each reads its own and earlier ones. */
  readonly clones: number;
}

export function ownVersions(): Versions {
  return { node: process.versions.node, clones: serialize(0)[1] ?? 0 };
}

/** Says why the two cannot work together; undefined if they can. */
export function mismatch(client: Versions, agent: Versions): string | undefined {
  return client.clones === agent.clones
    ? undefined
    : `Node ${agent.node} of the agent and Node ${client.node} of the pool cannot read each other's values; use the same major version`;
}
