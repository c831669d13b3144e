import type { Command } from "commander";
import { addRuleOptions, type RuleOptions } from "../../options/rule-options.js";
import { UsageError } from "../../options/usage-error.js";

interface DiffOptions extends RuleOptions {
  git?: boolean;
}

export function addDiffCommand(program: Command): void {
  const command = program
    .command("diff")
    .description("compare the outputs of two executed notebooks")
    .argument("<stored>", "a notebook")
    .argument("[fresh]", "the notebook to compare with it")
    .argument("[git...]", "the further arguments of git")
    .option("--git", "show sources and outputs, as a diff driver that git calls with its own arguments");
  addRuleOptions(command).action(
    async (stored: string, fresh: string | undefined, more: string[], options: DiffOptions) => {
      if (options.git) {
        const { gitDiff } = await import("./git-diff.js");
        await gitDiff([stored, ...(fresh === undefined ? [] : [fresh]), ...more]);
        return;
      }
      if (fresh === undefined || more.length > 0) {
        throw new UsageError("diff compares two notebooks; --git takes git's own arguments");
      }
      const { diffNotebooks } = await import("./diff-notebooks.js");
      process.exitCode = await diffNotebooks(stored, fresh, options);
    },
  );
}
