import { stat } from "node:fs/promises";

/** Tells one state of a file from another; undefined if there is no file that could be overwritten. */
export async function lookOf(file: string): Promise<string | undefined> {
  const stats = await stat(file, { bigint: true }).catch(() => undefined);
  return stats?.isFile() ? `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs}` : undefined;
}
