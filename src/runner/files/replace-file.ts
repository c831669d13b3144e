import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isSystemError } from "./system-error.js";
import { targetOf } from "./target.js";
import { writeToStream } from "./write-stream.js";

// In bytes, as most file systems have it.
const longestName = 255;

/**
 * Writes `content` into the file so that it holds either its old or its new content, whatever happens meanwhile. A link is followed
 * and stays; mode, owner and further names of a file stay; a device or a pipe is written to. Throws the file system's error, with `file` as its path.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const { path: place, kind } = await targetOf(file);
    if (kind === "stream") {
      await writeToStream(place, content);
    } else if (kind === "none") {
      await replace(place, content);
    } else {
      await replaceOld(place, content, await stat(place));
    }
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path: file }) : error;
  }
}

/** The same, in folders that are made where they are missing. */
export async function saveFile(file: string, content: string | Uint8Array): Promise<void> {
  const target = await targetOf(file);
  if (target.kind === "none") {
    await mkdir(path.dirname(target.path), { recursive: true });
  }
  await replaceFile(file, content);
}

/** Throws the file system's error where `file` cannot be written: a folder, a file that nobody may change, or one in such a folder. */
export async function assertWritable(file: string): Promise<void> {
  const { path: place, kind } = await targetOf(file);
  await access(kind === "none" ? await existingFolder(place) : place, constants.W_OK);
}

/** The folder above `place` in which the folders that are missing would be made. */
async function existingFolder(place: string): Promise<string> {
  const folder = path.dirname(place);
  const stats = await stat(folder).catch((error: unknown) => {
    if (isSystemError(error, "ENOENT") && folder !== place) {
      return undefined;
    }
    throw error;
  });
  return stats ? folder : await existingFolder(folder);
}

async function replaceOld(file: string, content: string | Uint8Array, old: Stats): Promise<void> {
  await access(file, constants.W_OK);
  if (old.nlink > 1) {
    await overwrite(file, content);
    return;
  }
  try {
    await replace(file, content, old);
  } catch (error) {
    // The folder takes no new files, or a new one cannot have the old one's owner.
    if (!isSystemError(error, "EACCES", "EPERM")) {
      throw error;
    }
    await overwrite(file, content);
  }
}

async function replace(file: string, content: string | Uint8Array, old?: Stats): Promise<void> {
  const temporary = path.join(path.dirname(file), temporaryName(path.basename(file)));
  try {
    const handle = await open(temporary, "wx", 0o666);
    try {
      if (old) {
        await takeOver(handle, old);
      }
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Says which file it is made for, unless that is so long that a few more bytes would be too many. */
function temporaryName(name: string): string {
  const suffix = randomUUID().slice(0, 8);
  const full = `.${name}.${suffix}`;
  return Buffer.byteLength(full) > longestName ? `.poolbook.${suffix}` : full;
}

async function takeOver(handle: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid || own.gid !== gid) {
    await handle.chown(uid, gid);
  }
  await handle.chmod(mode & 0o7777);
}

/** Writes into the file itself, and puts back what stood there when that fails. */
async function overwrite(file: string, content: string | Uint8Array): Promise<void> {
  const old = await readFile(file);
  const handle = await open(file, "r+");
  try {
    await rewrite(handle, Buffer.from(content)).catch(async (error) => {
      await rewrite(handle, old);
      throw error;
    });
  } finally {
    await handle.close();
  }
}

async function rewrite(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let position = 0; position < bytes.length; ) {
    position += (await handle.write(bytes, position, bytes.length - position, position)).bytesWritten;
  }
  await handle.truncate(bytes.length);
  await handle.sync();
}
