import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { missingPackage } from "../missing-package.js";
import { describeError } from "../runner/describe-error.js";
import { addCheckCommand } from "./commands/check/check-command.js";
import { addClusterCommand } from "./commands/cluster/cluster-command.js";
import { addWorkerCommand } from "./commands/cluster/worker-command.js";
import { addConvertCommands } from "./commands/convert-command.js";
import { addCourseCommand } from "./commands/course-command.js";
import { addDiffCommand } from "./commands/diff/diff-command.js";
import { addFormatCommand } from "./commands/format-command.js";
import { addInspectCommand } from "./commands/inspect-command.js";
import { addKernelCommand } from "./commands/kernel-command.js";
import { addLabCommand } from "./commands/lab-command.js";
import { addLspCommand } from "./commands/lsp-command.js";
import { addMergeCommand } from "./commands/merge/merge-command.js";
import { addRunCommand } from "./commands/run-command.js";
import { addTypecheckCommand } from "./commands/typecheck/typecheck-command.js";
import { ExitCode } from "./exit-code.js";
import { joinPairs } from "./options/parameter-options.js";
import { ownWords } from "./options/peer-words.js";

/** Runs the command line `argv` (as in `process.argv`) and sets `process.exitCode`. */
export async function main(argv: string[]): Promise<void> {
  try {
    await program().parseAsync(joinPairs(peerWords(argv)));
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? ExitCode.clean : ExitCode.couldNotRun;
      return;
    }
    console.error(`poolbook: ${describeError(missingPackage(error) ?? error)}`);
    process.exitCode = ExitCode.couldNotRun;
  }
}

/** `run` and `check` are where those come who are used to other words. */
function peerWords([node = "", script = "", command = "", ...words]: string[]): string[] {
  const own =
    command === "run" || command === "check" ? ownWords(words, (line) => console.error(line)) : words;
  return [node, script, ...(command === "" ? [] : [command]), ...own];
}

function program(): Command {
  const program = new Command("poolbook")
    .description("Runs Jupyter notebooks headlessly, and opens them in JupyterLab")
    .version(version())
    .exitOverride();
  addRunCommand(program);
  addInspectCommand(program);
  addCheckCommand(program);
  addTypecheckCommand(program);
  addDiffCommand(program);
  addMergeCommand(program);
  addConvertCommands(program);
  addFormatCommand(program);
  addLabCommand(program);
  addCourseCommand(program);
  addLspCommand(program);
  addKernelCommand(program);
  addWorkerCommand(program);
  addClusterCommand(program);
  return program;
}

function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
