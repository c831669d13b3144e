import { createReadStream } from "node:fs";
import { NotebookFormatError } from "../../document/notebook.js";
import { isNamedPipe, readPipe } from "./read-pipe.js";

// No notebook is that large; one that is would not fit into a string, or into memory.
const largest = 256 * 2 ** 20;

/** The bytes of a file. Throws NotebookFormatError where there are more than a notebook has, as on a device without end; else the file system's error. */
export async function readLimited(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const source = (await isNamedPipe(file))
    ? readPipe(file)
    : createReadStream(file, { highWaterMark: 2 ** 20 });
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
