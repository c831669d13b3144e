import { builtinModules } from "node:module";

/** Their instances hide nothing, or structured clone keeps it. */
const open = new Set([
  ...["Object", "Function", "Array", "Map", "Set", "Date", "RegExp", "Boolean", "Number", "String", "BigInt"],
  ...["Symbol", "ArrayBuffer", "SharedArrayBuffer", "DataView", "TypedArray", "Iterator", "AsyncIterator"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError"],
  ...["URIError", "SuppressedError"],
]);

/** Globals that were there before any of the user's. */
const firstGlobals = new Set(Object.getOwnPropertyNames(globalThis));

const iterators: readonly unknown[] = [[].values(), (async function* () {})()].map((iterator) => {
  const own = Object.getPrototypeOf(iterator);
  return Object.getPrototypeOf(Symbol.asyncIterator in iterator ? Object.getPrototypeOf(own) : own);
});

/** By the prototypes of classes. */
const names = new WeakMap<object, string>();

/** The name of the first class, of those of an object, that is Node's or V8's and may hide something in its instances. */
export function classOfNode(object: object): string | undefined {
  const first: object | null = Object.getPrototypeOf(object);
  for (let prototype = first; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    const name = names.get(prototype) ?? nameOf(prototype);
    names.set(prototype, name);
    if (name !== "") {
      return name;
    }
  }
  return undefined;
}

/** Empty for the user's classes, and for those that hide nothing. */
function nameOf(prototype: object): string {
  const type: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof type !== "function") {
    const tag: unknown = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value;
    return typeof tag === "string" && iterators.includes(Object.getPrototypeOf(prototype)) ? tag : "";
  }
  const { name } = type;
  if (Function.prototype.toString.call(type).endsWith("{ [native code] }")) {
    return open.has(name) ? "" : name;
  }
  const isGlobal = firstGlobals.has(name) && Reflect.get(globalThis, name)?.prototype === prototype;
  return isGlobal || isExported(prototype, name) ? name : "";
}

/** By one of Node's modules that are loaded, as no instance can come from another one; deprecated classes are wrapped. */
function isExported(prototype: object, name: string): boolean {
  const loaded: unknown = Reflect.get(process, "moduleLoadList");
  const modules = new Set(Array.isArray(loaded) ? loaded : []);
  return builtinModules
    .filter((module) => modules.has(`NativeModule ${module.replace("node:", "")}`))
    .some((module) => {
      const exports: unknown = process.getBuiltinModule(module);
      return Reflect.get(Object(exports), name)?.prototype === prototype;
    });
}

/** To be passed in place of an instance. */
const replacements: Readonly<Record<string, string>> = {
  Blob: "`await blob.arrayBuffer()`",
  File: "its `name` and `await file.arrayBuffer()`",
  Request: "its `url`, `method` and `await request.arrayBuffer()`",
  Response: "`await response.arrayBuffer()` or `await response.json()`",
  Headers: "`[...headers]`",
  FormData: "`[...formData]`",
  URL: "`url.href`",
  URLSearchParams: "`String(params)`",
  KeyObject: "`key.export()`",
  CryptoKey: 'what `crypto.subtle.exportKey("jwk", key)` gives',
  X509Certificate: "`certificate.raw`",
  AbortSignal: "`{ signal }` as an option of the call, for `currentTask().signal`",
  AbortController: "`{ signal }` as an option of the call, for `currentTask().signal`",
  WeakRef: "what it refers to",
  DOMException: "its `name` and `message`",
};

export function replacementFor(name: string): string {
  return replacements[name] ?? "what it is made from, and make it there";
}
