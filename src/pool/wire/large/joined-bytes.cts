import type { Place, SharedSpace } from "../space/shared-space.cjs";
import { borrowMemory } from "./reused-memory.cjs";

/** V8's own header begins with another byte. */
const joinedMark = 1;
const joinedHeader = 5;

export interface EncodedParts {
  readonly value: Uint8Array;
  /** Fills memory with the next bytes of its large views, which follow one another. */
  readonly fill: (memory: Uint8Array) => void;
}

/** In memory that may be returned: a header with the length of the value, the value, and the bytes of its views. */
export function joined(value: Uint8Array, behind: readonly Uint8Array[]): Uint8Array {
  const start = joinedHeader + value.length;
  const bytes = borrowMemory(behind.reduce((length, view) => length + view.length, start));
  bytes[0] = joinedMark;
  new DataView(bytes.buffer).setUint32(1, value.length);
  bytes.set(value, joinedHeader);
  let at = start;
  for (const view of behind) {
    bytes.set(view, at);
    at += view.length;
  }
  return bytes;
}

export function partsOf(bytes: Uint8Array): EncodedParts {
  return partsIn([0, bytes.length], {
    read: ([at, length]) => bytes.subarray(at, at + length),
    readInto: (memory, at) => memory.set(bytes.subarray(at, at + memory.length)),
  });
}

/** A space, or memory, that holds the bytes. */
export type Source = Pick<SharedSpace, "read" | "readInto">;

/** The parts of what lies there. Large views are read to where they stay: to read them twice takes as long as the rest. */
export function partsIn([start, length]: Place, source: Source): EncodedParts {
  const header = new Uint8Array(joinedHeader);
  source.readInto(header.subarray(0, length), start);
  if (header[0] !== joinedMark) {
    return { value: source.read([start, length]), fill: () => {} };
  }
  const valueLength = new DataView(header.buffer).getUint32(1);
  let at = start + joinedHeader + valueLength;
  return {
    value: source.read([start + joinedHeader, valueLength]),
    fill: (memory) => {
      source.readInto(memory, at);
      at += memory.length;
    },
  };
}
