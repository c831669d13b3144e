import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { isSystemError } from "./system-error.js";

const readerLimit = 60_000;
const readerPoll = 50;
const devicePoll = 5;

/** Thrown when a named pipe is to be written to and nobody opens its other end. */
export class NoReaderError extends Error {
  override name = "NoReaderError";
}

/** Writes to a device or a named pipe; waits a minute for somebody to read from a pipe. Throws the file system's error. */
export async function writeToStream(file: string, content: string | Uint8Array): Promise<void> {
  const descriptor = await openStream(file);
  if (fstatSync(descriptor).isFIFO()) {
    await writeToPipe(descriptor, content);
    return;
  }
  try {
    await writeToDevice(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

/** A terminal that is slow takes what it can, and the rest when it has shown that. */
async function writeToDevice(descriptor: number, content: string | Uint8Array): Promise<void> {
  const bytes = Buffer.from(content);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!isSystemError(error, "EAGAIN")) {
        throw error;
      }
      await delay(devicePoll);
    }
  }
}

/** Opening a pipe would wait for its reader, and so keep this process from ending; so it is asked for again and again. */
async function openStream(file: string): Promise<number> {
  const end = performance.now() + readerLimit;
  for (;;) {
    try {
      return openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!isSystemError(error, "ENXIO")) {
        throw error;
      }
      if (performance.now() > end) {
        throw new NoReaderError(`${file}: nobody reads from it`, { cause: error });
      }
    }
    await delay(readerPoll);
  }
}

/** A pipe that is full is waited for, which file functions do not do; the descriptor is closed. */
function writeToPipe(descriptor: number, content: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const pipe = new Socket({ fd: descriptor, readable: false, writable: true });
    pipe.once("error", reject);
    pipe.once("close", () => resolve());
    pipe.end(content);
  });
}
