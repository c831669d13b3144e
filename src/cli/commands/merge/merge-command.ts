import type { Command } from "commander";

export function addMergeCommand(program: Command): void {
  program
    .command("merge")
    .description(
      "merge what two notebooks have changed since a third, into the second, as a merge driver of git",
    )
    .argument("<base>", "the notebook that both come from; an empty file where there was none")
    .argument("<ours>", "one of the two, which is overwritten")
    .argument("<theirs>", "the other one")
    .argument("[path]", "the name of the notebook in messages")
    .action(async (base: string, ours: string, theirs: string, name?: string) => {
      const { mergeFiles } = await import("./merge-files.js");
      process.exitCode = await mergeFiles({ base, ours, theirs }, name ?? ours);
    });
}
