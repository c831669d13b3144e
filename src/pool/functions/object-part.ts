import { types } from "node:util";
import type { AnyFunction } from "../function-types.js";
import { Companions } from "../wire/companions.cjs";
import type { Captures, Part, Shape } from "../wire/function-parts.cjs";
import { encode } from "../wire/structured-clone.cjs";
import { canBeCopied } from "./classes/copied-class.js";
import { isFunction, isObject, memberOf } from "./objects.js";
import type { PartTable } from "./part-table.js";
import type { Path } from "./path.js";
import { dataIn, type Instances, isPlain, isSharedMemory } from "./plain-data.js";

/** Takes an object apart that is neither a function nor known to the worker. */
export function objectPart(object: object, path: Path, table: PartTable): Part {
  if (types.isProxy(object)) {
    throw path.refusal("a Proxy, whose behaviour stays in this process; use what it stands for");
  }
  if (isSharedMemory(object) && table.workerType === "process") {
    throw path.refusal('memory that only threads share: make the pool with `workerType: "thread"`');
  }
  const instances = dataIn(object, table.workerType);
  if (instances && !(table.isCareful && !isEncodable(object))) {
    return dataPart(object, instances, path, table);
  }
  const type = isPlain(Object.getPrototypeOf(object)) ? undefined : classOf(object, path);
  return {
    kind: "object",
    shape: shapeOf(object),
    class: type && table.place(type, path.to(type.name)),
    properties: propertiesOf(object, path, table),
    hidden: Object.getOwnPropertyNames(object).filter((name) => !isEnumerable(object, name)),
    entries: entriesOf(object, path, table),
  };
}

function dataPart(value: object, instances: Instances, path: Path, table: PartTable): Part {
  if (instances.size === 0) {
    return { kind: "value", value };
  }
  const places = [...instances].map(([type, indices]): [number, Uint32Array] => [
    table.place(type, path.to(type.name)),
    indices,
  ]);
  return { kind: "value", value, instances: places };
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
  const type = memberOf(prototype, "constructor");
  if (!isFunction(type) || type.prototype !== prototype || !canBeCopied(type)) {
    throw path.refusal(`${named(object)}, which belongs to this process; create it inside the function`);
  }
  return type;
}

/** "a Server", "an Agent". */
function named(object: object): string {
  const name = object.constructor?.name || "object without a class";
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

function propertiesOf(object: object, path: Path, table: PartTable): Captures {
  return Object.getOwnPropertyNames(object).map((name) => [
    name,
    table.place(memberOf(object, name), path.to(name)),
  ]);
}

function isEnumerable(object: object, name: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(object, name);
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
