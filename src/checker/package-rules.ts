import path from "node:path";
import type { RuleLayer } from "../document/comparison/rules/check-rules.js";
import { parseCheckSettings } from "../document/comparison/rules/check-settings.js";
import { packageSettings } from "../runner/files/package-settings.js";

/**
 * The rules for the notebook in `file` that `poolbook.check` of the nearest package.json above it sets. Throws CheckSettingsError
 * and PackageSettingsError.
 */
export async function packageRules(file: string): Promise<RuleLayer[]> {
  const { file: source, own } = await packageSettings(path.dirname(path.resolve(file)));
  return [{ source: "package.json", settings: parseCheckSettings(own.check, source) }];
}
