import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { devNull, homedir } from "node:os";
import { dirname, join } from "node:path";

const digestLength = 32;

/** The content of a file that `writeChecked` has written; undefined of one that is missing or damaged. */
export function readChecked(path: string): Buffer | undefined {
  try {
    const content = readFileSync(path);
    const body = content.subarray(digestLength);
    return digest(body).equals(content.subarray(0, digestLength)) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a file, whole or not at all, with a digest of its content before it. */
export function writeChecked(path: string, body: Buffer): void {
  try {
    const unfinished = `${path}.${process.pid}`;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, Buffer.concat([digest(body), body]), { mode: 0o600 });
    renameSync(unfinished, path);
  } catch {
    // A read-only home or a full disk: the next process does without.
  }
}

function digest(body: Buffer): Buffer {
  return createHash("sha256").update(body).digest();
}

/** The folder of the user's that holds what can be made again. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(home(), ".cache"), "poolbook");
}

/** A user without an entry in the system's list has no home: then there is nothing to read or write. */
function home(): string {
  try {
    return homedir();
  } catch {
    return devNull;
  }
}
