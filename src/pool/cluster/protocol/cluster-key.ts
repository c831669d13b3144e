import { readFileSync, statSync } from "node:fs";

const shortest = 16;
const othersPermissions = 0o077;

/**
 * The key that pools and agents of a cluster share and the broker never sees: from the file, from
 * `POOLBOOK_CLUSTER_KEY`, or from the file named by `POOLBOOK_CLUSTER_KEY_FILE`. Throws an Error if there is none, if
 * it is shorter than 16 characters, or if others may read the file.
 */
export function clusterKey(file = process.env.POOLBOOK_CLUSTER_KEY_FILE): Buffer {
  const given = process.env.POOLBOOK_CLUSTER_KEY;
  const text = file === undefined ? given : readKey(file);
  if (!text) {
    throw new Error(
      "The cluster's key is missing: set POOLBOOK_CLUSTER_KEY, or name a file of mode 0600 that holds it; " +
        "`openssl rand -hex 32` makes one",
    );
  }
  if (text.length < shortest) {
    throw new Error(`The cluster's key is too short: expected at least ${shortest} characters`);
  }
  return Buffer.from(text);
}

function readKey(file: string): string {
  if (process.platform !== "win32" && (statSync(file).mode & othersPermissions) !== 0) {
    throw new Error(`Others may read the cluster's key in ${file}: run chmod 600 ${file}`);
  }
  return readFileSync(file, "utf8").trim();
}
