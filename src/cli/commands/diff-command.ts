import type { Command } from "commander";
import { addRuleOptions, type RuleOptions } from "../options/rule-options.js";

export function addDiffCommand(program: Command): void {
  const command = program
    .command("diff")
    .description("compare the outputs of two executed notebooks")
    .argument("<stored>", "a notebook")
    .argument("<fresh>", "the notebook to compare with it");
  addRuleOptions(command).action(async (stored: string, fresh: string, options: RuleOptions) => {
    const { diffNotebooks } = await import("./diff-notebooks.js");
    process.exitCode = await diffNotebooks(stored, fresh, options);
  });
}
