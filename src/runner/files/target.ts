import { readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isSystemError } from "./system-error.js";

/** A place that a text is to be written to, with all symbolic links followed. */
export interface Target {
  /** The path behind the links; for devices and pipes the path as it was given. */
  path: string;
  /** `none` does not exist yet; `stream` is a device or a pipe, which takes bytes and keeps nothing to replace. */
  kind: "none" | "file" | "stream";
}

// As many as Linux follows.
const mostLinks = 40;

/** The place that `file` stands for. Throws the file system's error: for a folder, a socket, a ring of links. */
export async function targetOf(file: string): Promise<Target> {
  const stats = await stat(file).catch((error: unknown) => {
    if (isSystemError(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  });
  if (!stats) {
    return { path: await behindLinks(path.resolve(file)), kind: "none" };
  }
  if (stats.isFIFO() || stats.isCharacterDevice() || stats.isBlockDevice()) {
    return { path: file, kind: "stream" };
  }
  if (!stats.isFile()) {
    throw systemError(stats.isDirectory() ? "EISDIR" : "ENXIO", file);
  }
  return { path: await realpath(file), kind: "file" };
}

/** The place at which a file would be made: links that lead to nothing are followed too. */
async function behindLinks(file: string, links = mostLinks): Promise<string> {
  const link = await readlink(file).catch(() => undefined);
  if (link === undefined) {
    return file;
  }
  if (links === 0) {
    throw systemError("ELOOP", file);
  }
  return await behindLinks(path.resolve(path.dirname(file), link), links - 1);
}

/** The path under which a file is one and the same, whatever links lead there and whether it exists yet. */
export async function canonicalPath(file: string): Promise<string> {
  const whole = path.resolve(file);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined) {
    return real;
  }
  const behind = await behindLinks(whole).catch(() => whole);
  const folder = path.dirname(behind);
  return folder === behind ? behind : path.join(await canonicalPath(folder), path.basename(behind));
}

/** The same for all names of a file, further hard links among them; for what is no file, or none yet, its canonical path. */
export async function identityOf(file: string): Promise<string> {
  const stats = await stat(file, { bigint: true }).catch(() => undefined);
  return stats?.isFile() ? `${stats.dev} ${stats.ino}` : await canonicalPath(file);
}

function systemError(code: string, file: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${file}`), { code, path: file, syscall: "open" });
}
