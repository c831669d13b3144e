import { statSync } from "node:fs";
import { constants, hostname } from "node:os";
import { resolve } from "node:path";
import type { Agent } from "../../../pool/cluster/agent/agent.js";
import { checkBrokerUrl } from "../../../pool/cluster/protocol/address.js";
import { clusterKey } from "../../../pool/cluster/protocol/cluster-key.js";
import { checkPeers } from "../../../pool/cluster/transport/peers.js";
import { cpuCount } from "../../../pool/current-process.cjs";
import { ExitCode } from "../../exit-code.js";
import { asUsage, UsageError } from "../../options/usage-error.js";

export interface WorkerCommandOptions {
  readonly connect: string;
  readonly processes?: number;
  readonly folder: string;
  readonly keyFile?: string;
  readonly maxMemory?: number;
  readonly name?: string;
  readonly insecure?: boolean;
  readonly allowRoot?: boolean;
}

/** Runs an agent until a signal: the first one lets it finish what runs, the second one ends it at once. */
export async function runWorker(options: WorkerCommandOptions): Promise<number> {
  const { connect: url, processes = cpuCount(), name: host = hostname() } = options;
  const key = asUsage(() => {
    checkBrokerUrl(url, options.insecure === true, "--insecure");
    checkPeers();
    return clusterKey(options.keyFile);
  });
  const folder = resolve(options.folder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--folder names no folder: ${folder}`);
  }
  if (process.getuid?.() === 0 && !options.allowRoot) {
    throw new UsageError(
      "Workers run code that pools send, so not as root; use another user, or --allow-root",
    );
  }
  const { Agent } = await import("../../../pool/cluster/agent/agent.js");
  const log = (line: string) => console.error(`${new Date().toISOString()} ${line}`);
  const agent = new Agent({ url, key, processes, folder, maxMemory: options.maxMemory, host, log });
  const drained = endedBySignals(agent, () => {
    log(`${host} takes no more workers and waits for those that run; a second signal ends them`);
  });
  await Promise.race([agent.run().then(() => drained), drained]);
  return ExitCode.clean;
}

/** The first signal drains the agent, the second one ends its workers, the third one ends it without a word. */
async function endedBySignals(agent: Agent, onFirst: () => void): Promise<void> {
  let count = 0;
  await new Promise<void>((done, fail) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        count++;
        if (count === 1) {
          onFirst();
          agent.drain().then(done, fail);
        } else if (count === 2) {
          agent.kill();
        } else {
          process.exit(128 + constants.signals[name]);
        }
      });
    }
  });
}
