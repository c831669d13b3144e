import { type Command, Option } from "commander";
import { count } from "../../options/execution-options.js";
import type { WorkerCommandOptions } from "./run-worker.js";

export function addWorkerCommand(program: Command): void {
  program
    .command("worker")
    .description("run workers on this machine for the pools of a cluster")
    .addOption(
      new Option("--connect <url>", "the broker: rediss://user:password@host:port")
        .env("POOLBOOK_CLUSTER")
        .makeOptionMandatory(),
    )
    .option("--processes <number>", "workers at a time (default: the number of processors)", count)
    .option("--folder <dir>", "the folder in which they run and look for modules", ".")
    .option("--key-file <file>", "the cluster's key, mode 0600 (default: $POOLBOOK_CLUSTER_KEY)")
    .option("--max-memory <MiB>", "memory that a worker may hold", count)
    .option("--name <name>", "this machine's name in records and errors (default: its host name)")
    .option("--insecure", "take a broker on another machine without password or TLS")
    .option("--allow-root", "run as root")
    .action(async (options: WorkerCommandOptions) => {
      const { runWorker } = await import("./run-worker.js");
      // Not before that, and at once: the broker may be away, and its connections would go on to look for it.
      process.exit(await runWorker(options));
    });
}
