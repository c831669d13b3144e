/** Memory that waits to be used again, in bytes altogether. */
const mostKept = 16 * 2 ** 20;

const kept: ArrayBuffer[] = [];
const lent = new WeakSet<Uint8Array>();

/**
 * Memory for large values on their way, with anything in it. Fresh buffers are not free: after some megabytes of them V8
 * looks through the whole heap for garbage.
 */
export function borrowMemory(length: number): Uint8Array {
  const index = kept.findIndex(({ byteLength }) => byteLength >= length && byteLength <= 2 * length);
  const [buffer = new ArrayBuffer(length)] = index < 0 ? [] : kept.splice(index, 1);
  const memory = new Uint8Array(buffer, 0, length);
  lent.add(memory);
  return memory;
}

/** Takes memory back from the last one to use it; other bytes, and memory that is back already, are left alone. */
export function returnMemory(memory: Uint8Array): void {
  const { buffer } = memory;
  if (lent.delete(memory) && buffer instanceof ArrayBuffer) {
    kept.push(buffer);
    while (kept.reduce((sum, { byteLength }) => sum + byteLength, 0) > mostKept) {
      kept.shift();
    }
  }
}
