import { borrowMemory } from "./reused-memory.cjs";

/** V8's own header begins with another byte. */
const joinedMark = 1;
const joinedHeader = 5;

export interface EncodedParts {
  value: Uint8Array;
  /** The bytes of its large views, one after another. */
  behind: Uint8Array;
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
  if (bytes[0] !== joinedMark) {
    return { value: bytes, behind: bytes.subarray(bytes.length) };
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  const start = joinedHeader + length;
  return { value: bytes.subarray(joinedHeader, start), behind: bytes.subarray(start) };
}
