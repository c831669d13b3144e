import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RuleLayer } from "../document/comparison/rules/check-rules.js";
import { CheckSettingsError, parseCheckSettings } from "../document/comparison/rules/check-settings.js";
import { recordOf } from "../document/record.js";

/** The rules for the notebook in `file` that `poolbook.check` of the nearest package.json above it sets. Throws CheckSettingsError. */
export async function packageRules(file: string): Promise<RuleLayer[]> {
  return await rulesAbove(path.dirname(path.resolve(file)));
}

async function rulesAbove(folder: string): Promise<RuleLayer[]> {
  const file = path.join(folder, "package.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") {
      return undefined;
    }
    throw error;
  });
  const parent = path.dirname(folder);
  if (text === undefined) {
    return parent === folder ? [] : await rulesAbove(parent);
  }
  const { check } = recordOf(poolbookField(text, file));
  return [{ source: "package.json", settings: parseCheckSettings(check, file) }];
}

function poolbookField(text: string, file: string): unknown {
  try {
    return recordOf(JSON.parse(text)).poolbook;
  } catch (cause) {
    throw new CheckSettingsError(`${file}: not JSON`, { cause });
  }
}
