import { AsyncLocalStorage } from "node:async_hooks";
import { StringDecoder } from "node:string_decoder";
import type { OutputStream } from "./messages.cjs";

/** The number of the task in whose async context something runs. */
export const currentTask = new AsyncLocalStorage<number>();

/**
 * Sends whatever the worker writes to its standard streams to `send`, at once and in order, with the number of
 * the task that wrote it (0 for none).
 */
export function captureOutput(send: (task: number, stream: OutputStream, text: string) => void): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const decoder = new StringDecoder("utf8");
    const write = (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
      const text = textOf(chunk, encoding, decoder);
      if (text !== "") send(currentTask.getStore() ?? 0, stream, text);
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done as () => void);
      return true;
    };
    process[stream].write = write as typeof process.stdout.write;
  }
}

function textOf(chunk: string | Uint8Array, encoding: unknown, decoder: StringDecoder): string {
  if (typeof chunk !== "string")
    return decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  if (typeof encoding !== "string" || /^utf-?8$/i.test(encoding)) return chunk;
  return decoder.write(Buffer.from(chunk, encoding as BufferEncoding));
}
