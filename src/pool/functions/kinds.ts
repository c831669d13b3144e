import { notebookExports } from "./notebook.js";

export function isReference(value: unknown): value is object {
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

/** Whether an object only holds the exports of a module or of the notebook's cells. */
export function isNamespace(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return (
    value === notebookExports() ||
    "__esModule" in value ||
    Object.prototype.toString.call(value) === "[object Module]"
  );
}

const cloneable = new Set<unknown>(
  [
    Map,
    Set,
    Date,
    RegExp,
    Boolean,
    Number,
    String,
    BigInt,
    ArrayBuffer,
    DataView,
    Buffer,
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  ].map(({ prototype }) => prototype),
);

/** Whether structured clone keeps the class of objects with this prototype. */
export function isCloneable(prototype: unknown): boolean {
  return cloneable.has(prototype);
}

/** "a Server", "an Agent". */
export function article(object: object): string {
  const name = object.constructor?.name || "object without a class";
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}
