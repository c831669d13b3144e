import { isTypedArray, type Values } from "./typed-array.cjs";

/**
 * An object that Node can hand over: a buffer, a signal, or by what tells it apart, a MessagePort, a FileHandle, a stream of
 * the web, and from Node 26 on a server or a socket. Node's declarations name them otherwise from version to version.
 */
export type Transferable =
  | ArrayBufferLike
  | AbortSignal
  | { postMessage(message: unknown): void; start(): void }
  | { readonly fd: number; stat(): Promise<unknown> }
  | { readonly locked: boolean }
  | { readonly readable: { readonly locked: boolean }; readonly writable: { readonly locked: boolean } }
  | { address(): unknown; unref(): unknown };

// On globalThis, because a worker may load this module twice: as its own part and as an import of a task.
const key = Symbol.for("poolbook.transfers");
const marked: WeakMap<object, readonly Transferable[]> = Reflect.get(globalThis, key) ?? new WeakMap();
Reflect.set(globalThis, key, marked);

/**
 * Marks what a value shall hand over instead of copy when it travels as an argument, as an item or as a result: for
 * example `pool.apply(fn, [transfer(array, [array.buffer])])`. To and from a thread it takes no time, whatever its
 * size; a process gets a copy. Either way the sender gives it up: a transferred buffer has the length 0 afterwards.
 * Returns the value; throws a TypeError if it is none that can be marked. After Comlink's `transfer`.
 */
export function transfer<T extends object>(value: T, transferables: readonly Transferable[]): T {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(
      `Expected \`value\` to be an object that holds what is transferred, got \`${value}\``,
    );
  }
  if (!Array.isArray(transferables)) {
    throw new TypeError("Expected `transferables` to be an array, even of one buffer");
  }
  marked.set(value, transferables);
  return value;
}

/** All that these values hand over, each once. Throws a DataCloneError for a buffer that was handed over before. */
export function transferablesOf(values: Values): Transferable[] {
  if (isTypedArray(values)) {
    return [];
  }
  const found = new Set<Transferable>();
  for (const value of values) {
    const transferables = typeof value === "object" && value !== null ? marked.get(value) : undefined;
    for (const transferable of transferables ?? []) {
      checkPresent(transferable);
      found.add(transferable);
    }
  }
  return [...found];
}

function checkPresent(transferable: Transferable): void {
  try {
    transferable instanceof ArrayBuffer && new Uint8Array(transferable);
  } catch (cause) {
    const message = "An ArrayBuffer that was transferred before cannot be transferred again";
    throw new DOMException(message, { name: "DataCloneError", cause });
  }
}
