import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isJsonObject } from "./json-object.js";

/** The beginning of the names of folders that hold connection files, and in each the file that says whose it is. */
export const ownedFolder = "poolbook-";
export const ownerFile = "owner.json";

/** A process, so that another one with its number is not taken for it. */
export interface Owner {
  pid: number;
  /** When it started, in the system's ticks; absent where the system does not say. */
  started?: string;
  /** The namespace that its number belongs to: a container that shares the temporary folder has another one. */
  namespace?: string;
}

export async function thisProcess(): Promise<Owner> {
  return { pid: process.pid, started: await startOf(process.pid), namespace: await namespace() };
}

let swept: Promise<void> | undefined;

/** Removes, once for each process, the folders whose owners were killed before they could do it. */
export function sweep(): Promise<void> {
  swept ??= removeAbandoned().catch(() => {});
  return swept;
}

async function removeAbandoned(): Promise<void> {
  const own = await namespace();
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    const owner = name.startsWith(ownedFolder) ? await ownerOf(folder) : undefined;
    if (owner && owner.namespace === own && (await isGone(owner))) {
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}

async function ownerOf(folder: string): Promise<Owner | undefined> {
  const value: unknown = await readFile(join(folder, ownerFile), "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  if (!isJsonObject(value) || typeof value.pid !== "number") {
    return undefined;
  }
  const { pid, started, namespace } = value;
  return {
    pid,
    ...(typeof started === "string" && { started }),
    ...(typeof namespace === "string" && { namespace }),
  };
}

async function isGone({ pid, started }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
  const now = await startOf(pid);
  return started !== undefined && now !== undefined && now !== started;
}

/** The 22nd field of /proc/PID/stat; the second one is in parentheses and may hold spaces. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

async function namespace(): Promise<string | undefined> {
  return await readlink("/proc/self/ns/pid").catch(() => undefined);
}
