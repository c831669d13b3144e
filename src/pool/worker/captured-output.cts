import { StringDecoder } from "node:string_decoder";
import type { OutputStream } from "../wire/messages.cjs";
import { taskContext } from "./running-task.cjs";

type Send = (task: number, stream: OutputStream, text: string) => void;

/**
 * Sends whatever the worker writes to its standard streams to `send`, at once and in order, with the number of
 * the task that wrote it (0 for none). Each stream is made when it is first used, because that takes milliseconds.
 */
export function captureOutput(send: Send): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const original = Object.getOwnPropertyDescriptor(process, stream)?.get;
    let captured: NodeJS.WriteStream | undefined;
    Object.defineProperty(process, stream, {
      configurable: true,
      enumerable: true,
      get: () => {
        captured ??= Object.assign(original?.call(process), { write: writer(stream, send) });
        return captured;
      },
    });
  }
}

function writer(stream: OutputStream, send: Send): typeof process.stdout.write {
  const decoder = new StringDecoder("utf8");
  return (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
    const text = textOf(chunk, encoding, decoder);
    if (text !== "") {
      send(taskContext.getStore() ?? 0, stream, text);
    }
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") {
      process.nextTick(done);
    }
    return true;
  };
}

function textOf(chunk: string | Uint8Array, encoding: unknown, decoder: StringDecoder): string {
  if (typeof chunk !== "string") {
    return decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  if (typeof encoding !== "string" || /^utf-?8$/i.test(encoding)) {
    return chunk;
  }
  return decoder.write(Buffer.from(chunk, encoding as BufferEncoding));
}
