import { syncBuiltinESMExports } from "node:module";
import { OwnSet } from "../../shared/own-collections.js";
import { currentCell } from "../cell/current-cell.js";
import type { ProtocolThread } from "../protocol-thread.js";
import { encodingOf, later, placeOf, replace, replaceOpeners, replaceWriters } from "./descriptor-writers.js";

const inputs = new OwnSet<unknown>([0, "/dev/stdin"]);

/** Makes what `node:fs` writes to the descriptors 1 and 2 output of the cell, and what it reads from 0 a question. */
export function serveDescriptors(protocol: ProtocolThread): void {
  replaceWriters((stream, data) => {
    const cell = currentCell();
    if (cell) {
      protocol.write(cell, stream, data);
    }
    return cell !== undefined;
  });
  replaceOpeners();
  replaceReaders(protocol);
  // Whoever closed one would give its number to the next file that is opened.
  replace("closeSync", (original) => (fd) => (isStandard(fd) ? undefined : original(fd)));
  replace("close", (original) => (fd, done) => (isStandard(fd) ? later(done) : original(fd, done)));
  syncBuiltinESMExports();
}

function isStandard(fd: unknown): boolean {
  return fd === 0 || fd === 1 || fd === 2;
}

function replaceReaders(protocol: ProtocolThread): void {
  let rest = Buffer.alloc(0);
  replace("readFileSync", (original) => (path, options) => {
    if (!inputs.has(path) || !currentCell()) {
      return original(path, options);
    }
    const encoding = encodingOf(options);
    const line = Buffer.from(`${readLine(protocol)}\n`);
    return encoding === undefined ? line : line.toString(encoding);
  });
  replace("readSync", (original) => (fd, buffer, ...position) => {
    if (fd !== 0 || !currentCell() || !(buffer instanceof Uint8Array)) {
      return original(fd, buffer, ...position);
    }
    const { offset, length } = placeOf(buffer, position);
    rest = rest.length > 0 ? rest : Buffer.from(`${readLine(protocol)}\n`);
    const part = rest.subarray(0, length);
    rest = rest.subarray(part.length);
    buffer.set(part, offset);
    return part.length;
  });
}

/** Asks the front end for a line, and blocks. Throws when it may not be asked. */
function readLine(protocol: ProtocolThread): string {
  const cell = currentCell();
  const line = cell?.allowsStdin ? protocol.input(cell, "", false) : null;
  if (line === null) {
    throw inputRefused();
  }
  return line;
}

export function inputRefused(): Error {
  return new Error("Cannot read from standard input: the front end does not take questions");
}
