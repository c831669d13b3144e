import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { NotebookFormatError } from "../../document/notebook.js";
import { readStream } from "./read-stream.js";

// No notebook is that large; one that is would not fit into a string, or into memory.
const largest = 256 * 2 ** 20;

/**
 * The bytes of a file. Throws NotebookFormatError where there are more than a notebook has, as on a device without end; else the file
 * system's error; and the reason of `signal` when that aborts while a pipe or a device is waited for.
 */
export async function readLimited(file: string, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stats = await stat(file).catch(() => undefined);
  const isStream = stats !== undefined && !stats.isFile() && !stats.isDirectory();
  const source = isStream ? readStream(file, signal) : createReadStream(file, { highWaterMark: 2 ** 20 });
  for await (const chunk of source) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largest) {
      const error = new NotebookFormatError(`larger than ${largest / 2 ** 20} MiB`);
      error.file = file;
      throw error;
    }
  }
  return Buffer.concat(chunks);
}
