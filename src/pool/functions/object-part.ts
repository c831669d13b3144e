import { types } from "node:util";
import type { AnyFunction } from "../function-types.js";
import { intrinsics } from "../intrinsics.cjs";
import { Companions } from "../wire/companions.cjs";
import type { ObjectProperty, Part, Shape } from "../wire/function-parts.cjs";
import { isLeaf } from "../wire/object-walk.cjs";
import { encode } from "../wire/structured-clone.cjs";
import { canBeCopied } from "./classes/copied-class.js";
import { asNodesOwn } from "./inspection/nodes-own.js";
import { isFunction, isObject, memberOf } from "./objects.js";
import type { PartTable } from "./part-table.js";
import type { Path } from "./path.js";
import { type Data, dataIn, isPlain, isSharedMemory } from "./plain-data.js";

const iteratorPrototype = intrinsics["%IteratorPrototype%"];
const staysHere = ", which belongs to this process; create it inside the function";

/** Takes an object apart that is neither a function nor known to the worker. */
export function objectPart(object: object, path: Path, table: PartTable): Part {
  if (types.isProxy(object)) {
    throw path.refusal("a Proxy, whose behaviour stays in this process; use what it stands for");
  }
  if (isSharedMemory(object) && table.workerType === "process") {
    throw path.refusal('memory that only threads share: make the pool with `workerType: "thread"`');
  }
  const data = dataIn(object, table);
  if (data && !(table.isCareful && !isEncodable(object))) {
    return dataPart(object, data, path, table);
  }
  if (types.isArgumentsObject(object)) {
    throw path.refusal("the `arguments` of a call; use an array of them");
  }
  const prototype: unknown = Object.getPrototypeOf(object);
  const parent = parentOf(object);
  const type = isPlain(prototype) || parent ? undefined : classOf(object, path);
  return {
    kind: "object",
    shape: shapeOf(object),
    class: type && placeOfClass(type, path, table),
    isBare: prototype === null,
    ...(parent && { parent: table.place(parent, path.to("its prototype")) }),
    properties: propertiesOf(object, path, table),
    isExtensible: Object.isExtensible(object),
    entries: entriesOf(object, path, table),
  };
}

function dataPart(
  value: object,
  { instances, bare, frozen, version }: Data,
  path: Path,
  table: PartTable,
): Part {
  const places = [...instances].map(([type, indices]): [number, Uint32Array] => [
    placeOfClass(type, path, table),
    indices,
  ]);
  const part: Part = {
    kind: "value",
    value,
    ...(places.length > 0 && { instances: places }),
    ...(bare && { bare }),
    ...(frozen && { frozen }),
  };
  if (version !== undefined) {
    table.versions.set(part, version);
  }
  return part;
}

function isEncodable(object: object): boolean {
  try {
    encode(object, new Companions());
    return true;
  } catch {
    return false;
  }
}

/** The class of an instance, if an instance made without its constructor can stand for it. */
function classOf(object: object, path: Path): AnyFunction {
  const prototype: object = Object.getPrototypeOf(object);
  if (isLeaf(prototype)) {
    throw path.refusal(`${named(object)} with properties of its own, which would be lost; name them apart`);
  }
  const type = memberOf(prototype, "constructor");
  if (!isFunction(type) || type.prototype !== prototype || !canBeCopied(type)) {
    throw path.refusal(`${named(object)}${staysHere}`);
  }
  return type;
}

/**
 * The object that another one was made from by `Object.create()`. Bundlers do so with what a CommonJS module exports, if that is
 * a function with its prototype. The prototypes of built-in objects are told by their tags.
 */
function parentOf(object: object): object | undefined {
  const parent: object | null = Object.getPrototypeOf(object);
  if (parent === Function.prototype || parent === iteratorPrototype) {
    return parent;
  }
  const isOrdinary =
    parent !== null &&
    !isPlain(parent) &&
    /^\[object (?:Object|Iterator)\]$/.test(Object.prototype.toString.call(object)) &&
    !Object.hasOwn(parent, "constructor") &&
    !types.isProxy(parent);
  const next: unknown = isOrdinary ? Object.getPrototypeOf(parent) : undefined;
  return isOrdinary && (next === Object.prototype || next === null || (isObject(next) && parentOf(parent)))
    ? parent
    : undefined;
}

function placeOfClass(type: AnyFunction, path: Path, table: PartTable): number {
  const refusal = () => path.refusal(`${withArticle(type.name)}${staysHere}`);
  return asNodesOwn(type, refusal, () => table.place(type, path.to(type.name)));
}

/** "a Server", "an Agent". */
function named(object: object): string {
  return withArticle(object.constructor?.name || "object without a class");
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}

function shapeOf(object: object): Shape {
  if (Array.isArray(object)) {
    return "array";
  }
  if (types.isMap(object)) {
    return "map";
  }
  if (types.isSet(object)) {
    return "set";
  }
  return types.isNativeError(object) ? "error" : "object";
}

function propertiesOf(object: object, path: Path, table: PartTable): ObjectProperty[] {
  return Reflect.ownKeys(object).map((key) => {
    const inner = path.to(String(key));
    const { get, set, value, enumerable = false, configurable = false, writable } = descriptorOf(object, key);
    const name = typeof key === "symbol" ? table.place(key, inner) : key;
    if (get || set) {
      const accessors = { get: get && table.place(get, inner), set: set && table.place(set, inner) };
      return { key: name, ...accessors, flags: { enumerable, configurable } };
    }
    const isUsual = enumerable && configurable && writable;
    const flags = isUsual ? undefined : { enumerable, configurable, writable };
    return { key: name, value: table.place(value, inner), flags };
  });
}

/** Newer versions of V8 give the stack of an error accessors. */
function descriptorOf(object: object, key: PropertyKey): PropertyDescriptor {
  const found = Object.getOwnPropertyDescriptor(object, key) ?? {};
  const { enumerable, configurable } = found;
  return key === "stack" && types.isNativeError(object)
    ? { value: object.stack, enumerable, configurable, writable: found.writable ?? configurable }
    : found;
}

function entriesOf(object: object, path: Path, table: PartTable): (readonly [number, number])[] {
  if (!types.isMap(object) && !types.isSet(object)) {
    return [];
  }
  return [...object.entries()].map(([key, value]) => {
    const inner = path.to(isObject(key) ? "a key" : String(key));
    return [table.place(key, inner), table.place(value, inner)];
  });
}
