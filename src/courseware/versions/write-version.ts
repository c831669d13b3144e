import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { saveFile } from "../../runner/files/replace-file.js";
import { courseFiles } from "../working-copy/course-files.js";

/** Thrown when a version would be written over something. */
export class VersionError extends Error {
  override name = "VersionError";
}

/**
 * Writes every file of a course into another folder, as `change` makes it; what it gives as undefined is left out. Gives the
 * paths, relative to `target`. Throws a VersionError if `target` is not empty.
 */
export async function writeVersion(
  source: string,
  target: string,
  change: (file: string, bytes: Buffer) => Promise<string | Buffer | undefined> | string | Buffer | undefined,
): Promise<string[]> {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new VersionError(`${target} is not empty`);
  }
  const contents = new Map<string, string | Buffer>();
  for (const file of courseFiles(source)) {
    const content = await change(file, readFileSync(path.join(source, file)));
    if (content !== undefined) {
      contents.set(file, content);
    }
  }
  for (const [file, content] of contents) {
    await saveFile(path.join(target, file), content);
  }
  return [...contents.keys()];
}
