import { constants } from "node:fs";
import { type FileHandle, open, realpath, stat } from "node:fs/promises";
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

/** True for a named pipe; pipes without a name, as those of a shell's `<(…)`, have a writer from the start. */
export async function isNamedPipe(file: string): Promise<boolean> {
  const isPipe = await stat(file).then(
    (stats) => stats.isFIFO(),
    () => false,
  );
  return isPipe && (await realpath(file).catch(() => undefined)) !== undefined;
}

/** Gives all that is written to a named pipe. To open it would wait for its writer in a way that no signal ends, so it is looked at again and again. */
export async function* readPipe(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const end = performance.now() + writerLimit;
    for (let hasWriter = false; ; ) {
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
        await delay(hasWriter ? dataPoll : writerPoll);
      }
    }
  } finally {
    await handle.close();
  }
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
