import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { isSystemError } from "./system-error.js";

const writerLimit = 60_000;
const writerPoll = 50;
const dataPoll = 5;
const chunkSize = 2 ** 16;

/** Thrown when a named pipe is to be read and nobody opens its other end. */
export class NoWriterError extends Error {
  override name = "NoWriterError";
}

/**
 * Gives all that comes from a pipe or a device, until `signal` aborts. To open or read it could wait in a way that nothing ends, so it is
 * looked at again and again.
 */
export async function* readStream(file: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const end = performance.now() + writerLimit;
    for (let hasWriter = !(await isNamedPipe(handle, file)); ; ) {
      signal?.throwIfAborted();
      const chunk = await readSome(handle);
      hasWriter ||= chunk === undefined || chunk.length > 0;
      if (chunk?.length === 0 && hasWriter) {
        return;
      }
      if (!hasWriter && performance.now() > end) {
        throw new NoWriterError(`${file}: nobody writes to it`);
      }
      if (chunk && chunk.length > 0) {
        yield chunk;
      } else {
        await delay(hasWriter ? dataPoll : writerPoll, undefined, { signal }).catch(() => {});
      }
    }
  } finally {
    await handle.close();
  }
}

/** Pipes without a name, as those of a shell's `<(…)`, have a writer from the start. */
async function isNamedPipe(handle: FileHandle, file: string): Promise<boolean> {
  return (await handle.stat()).isFIFO() && (await realpath(file).catch(() => undefined)) !== undefined;
}

/** Undefined where a writer is there and has written nothing yet; empty where there is none. */
async function readSome(handle: FileHandle): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(chunkSize);
  try {
    const { bytesRead } = await handle.read(buffer, 0, chunkSize, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (isSystemError(error, "EAGAIN")) {
      return undefined;
    }
    throw error;
  }
}
