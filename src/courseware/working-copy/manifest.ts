import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { workingCopyMark } from "../../course/checking/progress.js";
import { saveFile } from "../../runner/files/replace-file.js";

/** The state of each file of the course when the learner got it: fingerprints by relative path. */
export type Manifest = Map<string, string>;

/** The manifest of a working copy; undefined if the folder is none. Throws if it cannot be read. */
export function readManifest(folder: string): Manifest | undefined {
  const file = path.join(folder, workingCopyMark);
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    const { files } = JSON.parse(readFileSync(file, "utf8")) as { files: Record<string, string> };
    return new Map(Object.entries(files));
  } catch (cause) {
    throw new Error(`${file} cannot be read. Remove it, and every chapter counts as changed`, { cause });
  }
}

/** Makes the folder if it is missing. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify({ version: 1, files: Object.fromEntries(manifest) }, null, 1);
  await saveFile(path.join(folder, workingCopyMark), `${text}\n`);
}
