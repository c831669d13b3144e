import { fstatSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";

/** Has all of a text written where `stream` is a file: Node takes a part that the disk had room for as the whole, and says nothing. */
export function writeWhole(stream: Writable & { fd: number }): void {
  if (!fstatSync(stream.fd).isFile()) {
    return;
  }
  stream._write = (chunk: Uint8Array, _encoding, callback) => {
    try {
      for (let written = 0; written < chunk.length; ) {
        written += writeSync(stream.fd, chunk, written);
      }
    } catch (error) {
      callback(error as Error);
      return;
    }
    callback();
  };
}
