import fs from "node:fs";
import type { StreamName } from "../../shared/output-channel.js";
import { OwnMap } from "../../shared/own-collections.js";

type AnyFunction = (...args: unknown[]) => unknown;
/** Writes the data elsewhere than Node would; false when it does not. */
type Write = (stream: StreamName, data: Uint8Array) => boolean;

const numbers = new OwnMap<unknown, number>([
  ["/dev/stdout", 1],
  ["/dev/stderr", 2],
]);
const streamOf = new OwnMap<unknown, StreamName>([
  [1, "stdout"],
  [2, "stderr"],
  ["/dev/stdout", "stdout"],
  ["/dev/stderr", "stderr"],
]);

/** Hands to `write` what functions of `node:fs` would write to the descriptors 1 and 2. */
export function replaceWriters(write: Write): void {
  /** The number of bytes written; undefined when it is Node's to do, or to refuse. */
  const written = (target: unknown, data: Uint8Array | undefined): number | undefined => {
    const stream = streamOf.get(target);
    return stream && data && write(stream, data) ? data.byteLength : undefined;
  };
  for (const [name, dataOf] of [
    ["write", bytesOf],
    ["writev", joined],
  ] as const) {
    replace(`${name}Sync`, (original) => (fd, data, ...rest) => {
      return written(fd, dataOf(data, rest)) ?? original(fd, data, ...rest);
    });
    replace(name, (original) => (fd, data, ...rest) => {
      const done = rest.at(-1);
      const count = typeof done === "function" ? written(fd, dataOf(data, rest.slice(0, -1))) : undefined;
      return count === undefined ? original(fd, data, ...rest) : later(done, count, data);
    });
  }
  for (const name of ["writeFile", "appendFile"]) {
    const dataOf = (data: unknown, options: unknown) =>
      bytesOf(data, typeof data === "string" ? [undefined, encodingOf(options)] : []);
    replace(`${name}Sync`, (original) => (target, data, options) => {
      return written(target, dataOf(data, options)) === undefined
        ? original(target, data, options)
        : undefined;
    });
    replace(name, (original) => (target, data, ...rest) => {
      const done = rest.at(-1);
      const isDone = typeof done === "function" && written(target, dataOf(data, rest[0])) !== undefined;
      return isDone ? later(done) : original(target, data, ...rest);
    });
  }
}

/** Makes whoever opens the device of a descriptor get the descriptor, and promises of writing to it be kept at once. */
export function replaceOpeners(): void {
  replace(
    "openSync",
    (original) =>
      (path, ...rest) =>
        numbers.get(path) ?? original(path, ...rest),
  );
  replace("open", (original) => (path, ...rest) => {
    const descriptor = numbers.get(path);
    return descriptor === undefined ? original(path, ...rest) : later(rest.at(-1), descriptor);
  });
  const promises: object = fs.promises;
  for (const name of ["writeFile", "appendFile"]) {
    const original: AnyFunction = Reflect.get(promises, name);
    Reflect.set(promises, name, async (path: unknown, data: unknown, ...rest: unknown[]) => {
      const inPlace = numbers.has(path) && (typeof data === "string" || ArrayBuffer.isView(data));
      return inPlace
        ? Reflect.apply(fs.appendFileSync, fs, [path, data, ...rest])
        : original(path, data, ...rest);
    });
  }
}

/** Puts another function in the place of one of `node:fs`, and gives it its name and its ways to be promisified. */
export function replace(name: string, make: (original: AnyFunction) => AnyFunction): void {
  const original: AnyFunction = Reflect.get(fs, name);
  const replacement = make(original);
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
  Reflect.set(fs, name, replacement);
}

export function later(done: unknown, ...results: unknown[]): void {
  if (typeof done === "function") {
    process.nextTick(done as () => void, null, ...results);
  }
}

function bytesOf(data: unknown, rest: unknown[]): Uint8Array | undefined {
  if (typeof data === "string") {
    const [, encoding = "utf8"] = rest;
    return isEncoding(encoding) ? Buffer.from(data, encoding) : undefined;
  }
  if (!ArrayBuffer.isView(data)) {
    return undefined;
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { offset, length } = placeOf(bytes, rest);
  return bytes.subarray(offset, offset + length);
}

function joined(parts: unknown): Uint8Array | undefined {
  return Array.isArray(parts) && parts.every((part) => ArrayBuffer.isView(part))
    ? Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)))
    : undefined;
}

/** `offset` and `length` among the parameters of a call, single or as options. */
export function placeOf(bytes: Uint8Array, [first, second]: unknown[]): { offset: number; length: number } {
  const given = typeof first === "object" && first !== null ? first : { offset: first, length: second };
  const offset = Reflect.get(given, "offset") ?? 0;
  const length = Reflect.get(given, "length") ?? bytes.byteLength - Number(offset);
  return { offset: Number(offset), length: Number(length) };
}

export function encodingOf(options: unknown): BufferEncoding | undefined {
  const encoding =
    typeof options === "object" && options !== null ? Reflect.get(options, "encoding") : options;
  return isEncoding(encoding) ? encoding : undefined;
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === "string" && Buffer.isEncoding(value);
}
