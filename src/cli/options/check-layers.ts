import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RuleLayer } from "../../document/comparison/rules/check-rules.js";
import {
  type CheckSettings,
  CheckSettingsError,
  parseCheckSettings,
  parseNormaliserList,
} from "../../document/comparison/rules/check-settings.js";
import type { RuleOptions } from "./rule-options.js";

/** The rules for the notebook in `file` that stand outside of it: in the nearest package.json above, and in the command line. */
export async function checkLayers(file: string, options: RuleOptions): Promise<RuleLayer[]> {
  return [...(await packageLayers(path.dirname(path.resolve(file)))), ...optionLayers(options)];
}

function optionLayers({ lax, normalisers, rtol, atol, images }: RuleOptions): RuleLayer[] {
  const layer = (source: string, settings: CheckSettings): RuleLayer => ({ source, settings });
  return [
    ...(lax ? [layer("--lax", { output: "ignore" })] : []),
    ...(normalisers === undefined
      ? []
      : [layer("--normalisers", parseNormaliserList(normalisers, "--normalisers"))]),
    ...(rtol === undefined ? [] : [layer("--rtol", { rtol })]),
    ...(atol === undefined ? [] : [layer("--atol", { atol })]),
    ...(images === undefined ? [] : [layer("--images", parseCheckSettings({ images }, "--images"))]),
  ];
}

async function packageLayers(folder: string): Promise<RuleLayer[]> {
  const file = path.join(folder, "package.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") {
      return undefined;
    }
    throw error;
  });
  const parent = path.dirname(folder);
  if (text === undefined) {
    return parent === folder ? [] : await packageLayers(parent);
  }
  const settings = poolbookSettings(text, file);
  return [{ source: "package.json", settings: parseCheckSettings(settings?.check, file) }];
}

function poolbookSettings(text: string, file: string): { check?: unknown } | undefined {
  try {
    return JSON.parse(text).poolbook;
  } catch (cause) {
    throw new CheckSettingsError(`${file}: not JSON`, { cause });
  }
}
