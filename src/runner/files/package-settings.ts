import { readFile } from "node:fs/promises";
import path from "node:path";
import { recordOf } from "../../document/record.js";
import { isSystemError } from "./system-error.js";

/** `poolbook` of a package.json, and where that stands. */
export interface PackageSettings {
  file: string;
  folder: string;
  /** The field `poolbook`; empty where there is no such field, or no package.json. */
  own: Record<string, unknown>;
}

/** Thrown when a package.json or what it says under `poolbook` is not understood. */
export class PackageSettingsError extends Error {
  override name = "PackageSettingsError";
}

/** The settings in the nearest package.json in `folder` or above it. Throws PackageSettingsError. */
export async function packageSettings(folder: string): Promise<PackageSettings> {
  const file = path.join(folder, "package.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) {
      return undefined;
    }
    throw error;
  });
  const parent = path.dirname(folder);
  if (text === undefined) {
    return parent === folder ? { file, folder, own: {} } : await packageSettings(parent);
  }
  try {
    return { file, folder, own: recordOf(recordOf(JSON.parse(text)).poolbook) };
  } catch (cause) {
    throw new PackageSettingsError(`${file}: not JSON`, { cause });
  }
}
