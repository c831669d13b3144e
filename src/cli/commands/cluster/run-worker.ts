import { statSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { checkBrokerUrl } from "../../../pool/cluster/protocol/address.js";
import { clusterKey } from "../../../pool/cluster/protocol/cluster-key.js";
import { checkPeers } from "../../../pool/cluster/transport/peers.js";
import { cpuCount } from "../../../pool/current-process.cjs";
import { ExitCode } from "../../exit-code.js";
import { UsageError } from "../../options/usage-error.js";
import { onSignals } from "../../terminal/signals.js";

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
  checkBrokerUrl(url, options.insecure === true, "--insecure");
  checkPeers();
  const key = clusterKey(options.keyFile);
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
  const { signal } = onSignals();
  const drained = new Promise<void>((done, fail) => {
    signal.addEventListener("abort", () => {
      log(`${host} takes no more workers and waits for those that run; a second signal ends them`);
      agent.drain().then(done, fail);
    });
  });
  await Promise.race([agent.run().then(() => drained), drained]);
  return ExitCode.clean;
}
