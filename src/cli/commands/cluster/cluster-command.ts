import { type Command, Option } from "commander";

export function addClusterCommand(program: Command): void {
  program
    .command("cluster")
    .description("see to a cluster of workers")
    .command("status")
    .description("list the agents of a cluster, and what runs on them")
    .addOption(
      new Option("--connect <url>", "the broker: rediss://user:password@host:port")
        .env("POOLBOOK_CLUSTER")
        .makeOptionMandatory(),
    )
    .option("--json", "write it as JSON")
    .action(async ({ connect, json }: { connect: string; json?: boolean }) => {
      const { showStatus } = await import("./show-status.js");
      await showStatus(connect, json === true);
    });
}
