import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CheckSettings, RuleLayer } from "../../document/comparison/rules/check-rules.js";
import { parseNormaliserList } from "../../document/comparison/rules/check-settings.js";
import { nbvalSanitizers } from "../../document/comparison/rules/nbval-sanitizers.js";

/** Rules that the command line gives. */
export interface RuleOptions {
  lax?: boolean;
  normalisers?: string;
  rtol?: number;
  atol?: number;
  images?: CheckSettings["images"];
  nbvalSanitizeWith?: string;
}

export function addRuleOptions(command: Command): Command {
  return command
    .option("--lax", "compare only cells tagged check-output")
    .option("--normalisers <names>", "what may differ: a list of names, all, or none")
    .option("--rtol <number>", "how much numbers may differ, relative to the stored one", tolerance)
    .option("--atol <number>", "how much numbers may differ, absolutely", tolerance)
    .option("--nbval-sanitize-with <file>", "what may differ, in a file for nbval's option of this name")
    .addOption(
      new Option("--images <rule>", "how pictures are compared").choices(["exact", "size", "ignore"]),
    );
}

/** The rules of the command line, each under the option that gave it. Throws CheckSettingsError. */
export function ruleLayers({
  lax,
  normalisers,
  rtol,
  atol,
  images,
  nbvalSanitizeWith,
}: RuleOptions): RuleLayer[] {
  const layer = (source: string, settings: CheckSettings): RuleLayer => ({ source, settings });
  return [
    ...(lax ? [layer("--lax", { output: "ignore" })] : []),
    ...(normalisers === undefined
      ? []
      : [layer("--normalisers", parseNormaliserList(normalisers, "--normalisers"))]),
    ...(rtol === undefined ? [] : [layer("--rtol", { rtol })]),
    ...(atol === undefined ? [] : [layer("--atol", { atol })]),
    ...(nbvalSanitizeWith === undefined
      ? []
      : [
          layer("--nbval-sanitize-with", {
            replace: nbvalSanitizers(readFileSync(nbvalSanitizeWith, "utf8"), nbvalSanitizeWith),
          }),
        ]),
    ...(images === undefined ? [] : [layer("--images", { images })]),
  ];
}

/** The same rules as one value. */
export function ruleSettings(options: RuleOptions): CheckSettings {
  return Object.assign({}, ...ruleLayers(options).map(({ settings }) => settings));
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) {
    return value;
  }
  throw new InvalidArgumentError("Expected a number of at least 0.");
}
