import { type Command, InvalidArgumentError, Option } from "commander";

/** Rules that the command line gives. */
export interface RuleOptions {
  lax?: boolean;
  normalisers?: string;
  rtol?: number;
  atol?: number;
  images?: string;
}

export function addRuleOptions(command: Command): Command {
  return command
    .option("--lax", "compare only cells tagged check-output")
    .option("--normalisers <names>", "what may differ: a list of names, all, or none")
    .option("--rtol <number>", "how much numbers may differ, relative to the stored one", tolerance)
    .option("--atol <number>", "how much numbers may differ, absolutely", tolerance)
    .addOption(
      new Option("--images <rule>", "how pictures are compared").choices(["exact", "size", "ignore"]),
    );
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) {
    return value;
  }
  throw new InvalidArgumentError("Expected a number of at least 0.");
}
