import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const lockFiles = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"];

/** Hash of the lock file of a project; undefined without one. */
export function lockHash(folder: string): string | undefined {
  for (const name of lockFiles) {
    try {
      return createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex");
    } catch {
      // Another package manager.
    }
  }
  return undefined;
}
