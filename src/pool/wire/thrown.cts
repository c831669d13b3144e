import { join } from "node:path";
import type { EncodedText, ThrownError, ThrownProperty, ThrownValue } from "./messages.cjs";
import { decodeText, encodeText } from "./sent-payload.cjs";

const carried = new Set(["name", "message", "stack", "cause", "errors"]);

/** Errors in one another that travel; what is behind them comes as its text. */
const longestChain = 200;

/** Takes a thrown value apart; never throws itself, whatever getters and proxies do. */
export function takeApart(thrown: unknown): ThrownValue {
  try {
    return parted(thrown, []);
  } catch {
    return { kind: "opaque", text: textOf(thrown) };
  }
}

function parted(thrown: unknown, seen: readonly unknown[]): ThrownValue {
  if (!isError(thrown)) {
    const value = tryEncode(() => thrown);
    return value ? { kind: "value", value } : { kind: "opaque", text: textOf(thrown) };
  }
  if (seen.includes(thrown)) {
    return { kind: "opaque", text: `[Circular ${textOf(thrown.name)}]` };
  }
  if (seen.length >= longestChain) {
    return { kind: "opaque", text: textOf(thrown) };
  }
  const path = [...seen, thrown];
  return {
    kind: "error",
    classes: classNames(thrown),
    name: textOf(thrown.name),
    message: textOf(thrown.message),
    stack: typeof thrown.stack === "string" ? ownPart(thrown.stack) : undefined,
    cause: "cause" in thrown ? parted(thrown.cause, path) : undefined,
    errors: errorsOf(thrown)?.map((error) => parted(error, path)),
    properties: ownProperties(thrown),
  };
}

const workerFiles = join(__dirname, "..", "worker");

/** The part of a stack above the worker that called the function. */
function ownPart(stack: string): string {
  const lines = stack.split("\n");
  const end = lines.findIndex((line) => line.includes(workerFiles));
  return end < 0 ? stack : lines.slice(0, end).join("\n");
}

/** Writes into the stack of an error from a worker where it comes from. */
export function markRemote(thrown: unknown, name: string, pid: number): unknown {
  if (isError(thrown)) {
    define(thrown, "stack", `${thrown.stack}\n    in ${name}, PID ${pid}`);
  }
  return thrown;
}

/** The receiving side's knowledge of errors. */
export interface Reading {
  /** An error class by its name. */
  classOf(name: string): ErrorClass | undefined;
  /** A stack as the receiving side shows it. */
  shownStack(stack: string): string;
}

const plainReading: Reading = { classOf: () => undefined, shownStack: (stack) => stack };

/** Puts a thrown value together again. */
export function putTogether(thrown: ThrownValue, reading: Reading = plainReading): unknown {
  if (thrown.kind === "value") {
    const read = tryDecode(thrown.value);
    return read ? read.value : new Error("A value was thrown that cannot be decoded");
  }
  if (thrown.kind === "opaque") {
    return new Error(thrown.text);
  }
  const error = create(thrown, reading);
  if (!hasName(error, thrown.name)) {
    define(error, "name", thrown.name);
  }
  if (thrown.cause) {
    define(error, "cause", putTogether(thrown.cause, reading));
  }
  if (thrown.errors) {
    define(
      error,
      "errors",
      thrown.errors.map((inner) => putTogether(inner, reading)),
    );
  }
  for (const [name, text, enumerable] of thrown.properties) {
    const read = tryDecode(text);
    if (read) {
      Object.defineProperty(error, name, { ...read, writable: true, configurable: true, enumerable });
    }
  }
  return error;
}

/** Undefined for what cannot be read here, such as an object that is deeper than this stack allows. */
function tryDecode(text: EncodedText): { value: unknown } | undefined {
  try {
    return { value: decodeText(text) };
  } catch {
    return undefined;
  }
}

/** A class of the user's may compute its name from what only its constructor sets. */
function hasName(error: Error, name: string): boolean {
  try {
    return error.name === name;
  } catch {
    return false;
  }
}

export interface ErrorClass {
  readonly name: string;
  readonly prototype: Error;
}

function create(thrown: ThrownError, { classOf, shownStack }: Reading): Error {
  const isDomException = thrown.classes.includes("DOMException");
  const error = isDomException ? new DOMException(thrown.message, thrown.name) : new Error(thrown.message);
  // Before it gets its class, because V8 asks for the name of an error when its stack is first touched.
  define(error, "stack", thrown.stack === undefined ? undefined : shownStack(thrown.stack));
  if (isDomException) {
    return error;
  }
  for (const name of thrown.classes) {
    const found = classOf(name) ?? builtIn(name);
    if (found) {
      Object.setPrototypeOf(error, found.prototype);
      break;
    }
  }
  return error;
}

function builtIn(name: string): ErrorClass | undefined {
  const found: unknown = Reflect.get(globalThis, name);
  return isErrorClass(found) ? found : undefined;
}

export function isErrorClass(value: unknown): value is ErrorClass {
  if (typeof value !== "function") {
    return false;
  }
  const prototype: unknown = value.prototype;
  return value === Error || prototype instanceof Error;
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function classNames(error: Error): string[] {
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(error); type !== null; type = Object.getPrototypeOf(type)) {
    if (typeof type.constructor?.name === "string") {
      names.push(type.constructor.name);
    }
  }
  return names;
}

function errorsOf(error: Error): unknown[] | undefined {
  return "errors" in error && Array.isArray(error.errors) ? error.errors : undefined;
}

function ownProperties(error: Error): ThrownProperty[] {
  const properties: ThrownProperty[] = [];
  for (const name of Object.getOwnPropertyNames(error)) {
    if (carried.has(name)) {
      continue;
    }
    const value = tryEncode(() => Reflect.get(error, name));
    if (value) {
      properties.push([name, value, Object.prototype.propertyIsEnumerable.call(error, name)]);
    }
  }
  return properties;
}

function define(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
}

function tryEncode(read: () => unknown): EncodedText | undefined {
  try {
    return encodeText(read());
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "Something that cannot be shown";
  }
}
