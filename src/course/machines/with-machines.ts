import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClusterOptions } from "../../pool/cluster-options.js";
import { BoundProcess } from "./bound-process.js";
import { type Broker, findBroker, startBroker } from "./broker.js";

const poolbook = fileURLToPath(new URL("../../cli/bin.js", import.meta.url));
const workersOfEach = 2;

/** Milliseconds; short, so that a machine that was killed is missed soon. */
const lease = 3000;

/** The machines of a practice cluster. */
export interface Machines {
  /** For `new Pool({ processes, cluster })`. */
  readonly cluster: ClusterOptions;
  /** Pulls the plug of a machine: its agent and its workers are gone at once. */
  kill(name: string): Promise<void>;
}

/**
 * Runs `body` with a practice cluster, and ends the cluster with it: for each name an agent of two workers on this machine, in an
 * empty folder of its own, as if it were another machine. The broker is the one in `POOLBOOK_CLUSTER`, or one that is started
 * for it. Without one it prints where to get one, and resolves with undefined.
 *
 * @example
 * await withMachines(["north", "south"], ({ cluster }) =>
 *   withPool({ processes: 4, cluster }, (pool) => pool.map(square, items)));
 */
export async function withMachines<T>(
  names: readonly string[],
  body: (machines: Machines) => T | PromiseLike<T>,
): Promise<T | undefined> {
  const missing = await missingParts();
  if (missing !== undefined) {
    console.log(missing);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "poolbook-machines-"));
  const agents = new Map<string, BoundProcess>();
  let broker: Broker | undefined;
  try {
    const program = process.env.POOLBOOK_CLUSTER ? undefined : findBroker();
    broker = program === undefined ? undefined : await startBroker(program, folder);
    const cluster = { url: broker?.url ?? process.env.POOLBOOK_CLUSTER ?? "", lease, ...keyFileIn(folder) };
    await Promise.all(
      names.map(async (name) => {
        const agent = startAgent(name, cluster, join(folder, name));
        agents.set(name, agent);
        await agent.ready(/ workers for /);
      }),
    );
    return await body({ cluster, kill: (name) => killAgent(agents, name) });
  } finally {
    await Promise.all([...agents.values()].map((agent) => agent.stop()));
    await broker?.process.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A sentence that says what is missing for a cluster, and how to get it. */
async function missingParts(): Promise<string | undefined> {
  const { checkPeers } = await import("../../pool/cluster/transport/peers.js");
  try {
    checkPeers();
  } catch (error) {
    return `Nothing runs here. ${(error as Error).message}`;
  }
  if (process.env.POOLBOOK_CLUSTER || findBroker() !== undefined) {
    return undefined;
  }
  return [
    "Nothing runs here, for there is no broker. Install Redis or Valkey, and run the cell again:",
    "  Debian, Ubuntu: sudo apt install redis-server      macOS: brew install redis",
    "Or set POOLBOOK_CLUSTER and POOLBOOK_CLUSTER_KEY to those of a cluster before you start the notebook.",
  ].join("\n");
}

/** The key of a cluster of its own, unless the environment has one. */
function keyFileIn(folder: string): { keyFile?: string } {
  const { POOLBOOK_CLUSTER_KEY: key, POOLBOOK_CLUSTER_KEY_FILE: file } = process.env;
  if (process.env.POOLBOOK_CLUSTER && (key || file)) {
    return {};
  }
  const keyFile = join(folder, "cluster.key");
  writeFileSync(keyFile, randomBytes(32).toString("hex"), { mode: 0o600 });
  return { keyFile };
}

function startAgent(name: string, { url, keyFile }: ClusterOptions, folder: string): BoundProcess {
  mkdirSync(folder);
  const options = ["--processes", String(workersOfEach), "--name", name, "--folder", folder];
  const args = [poolbook, "worker", ...options];
  // Whoever runs the notebook runs its functions, too.
  args.push(...(process.getuid?.() === 0 ? ["--allow-root"] : []));
  const key = keyFile === undefined ? {} : { POOLBOOK_CLUSTER_KEY_FILE: keyFile };
  return new BoundProcess(process.execPath, args, { POOLBOOK_CLUSTER: url, ...key });
}

async function killAgent(agents: ReadonlyMap<string, BoundProcess>, name: string): Promise<void> {
  const agent = agents.get(name);
  if (!agent) {
    throw new RangeError(`Expected \`name\` to be one of ${[...agents.keys()].join(", ")}, got \`${name}\``);
  }
  await agent.kill();
}
