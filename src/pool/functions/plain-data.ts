import { types } from "node:util";
import type { AnyFunction } from "../function-types.js";
import { isLeaf, isStillSo, type ObjectWalk, walkThrough } from "../wire/object-walk.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { canBeCopied } from "./classes/copied-class.js";
import { isFunction, memberOf } from "./objects.js";
import { knownPart } from "./references/known-values.js";
import { sharedNumber } from "./shared/shared-numbers.js";

const plain = new Set<unknown>([null, ...[Object, Array, Map, Set].map(({ prototype }) => prototype)]);

/** Objects with this prototype are plain ones of their shape: of no class of the user's. */
export function isPlain(prototype: unknown): boolean {
  return plain.has(prototype);
}

export function isSharedMemory(object: object): boolean {
  return types.isSharedArrayBuffer(ArrayBuffer.isView(object) ? object.buffer : object);
}

/** By the class: the places of its instances among the objects of a value. */
export type Instances = ReadonlyMap<AnyFunction, Uint32Array>;

interface Seen {
  readonly walk: ObjectWalk;
  readonly instances: Instances;
}

/** The findings about an object when it was last looked through: mostly they still hold, which is seen much faster. */
const seen: Record<WorkerType, WeakMap<object, Seen>> = { process: new WeakMap(), thread: new WeakMap() };

/**
 * The instances of classes among an object and all that it holds, if structured clone keeps everything but their
 * classes: there is no function and no Proxy among it, and no shared memory unless it is for threads.
 */
export function dataIn(object: object, workerType: WorkerType): Instances | undefined {
  const last = seen[workerType].get(object);
  if (last && isStillSo(last.walk)) {
    return last.instances;
  }
  const indices = new Map<AnyFunction, number[]>();
  const walk = walkThrough(object, accepter(workerType, indices));
  if (!walk) {
    return undefined;
  }
  const instances = new Map([...indices].map(([type, list]) => [type, Uint32Array.from(list)]));
  seen[workerType].set(object, { walk, instances });
  return instances;
}

/** Accepts what is data, and notes the instances of classes. */
function accepter(workerType: WorkerType, indices: Map<AnyFunction, number[]>) {
  const classes = new Map<unknown, AnyFunction | undefined>();
  let index = -1;
  return (object: object, prototype: unknown): boolean => {
    index++;
    if (types.isProxy(object) || sharedNumber(object) !== undefined) {
      return false;
    }
    if (plain.has(prototype)) {
      return !((types.isMap(object) || types.isSet(object)) && hasMore(object, 0));
    }
    if (isLeaf(prototype)) {
      return workerType === "thread" || !isSharedMemory(object);
    }
    if (!classes.has(prototype)) {
      classes.set(prototype, classOf(prototype));
    }
    const type = classes.get(prototype);
    if (!type || hasMore(object, Object.keys(object).length) || knownPart(object)) {
      return false;
    }
    const list = indices.get(type) ?? [];
    list.push(index);
    indices.set(type, list);
    return true;
  };
}

/** The class of instances that structured clone takes for plain objects. */
function classOf(prototype: unknown): AnyFunction | undefined {
  const type = memberOf(Object(prototype), "constructor");
  const isBuiltIn = [Array, Map, Set, Error].some((base) => prototype instanceof base);
  return isFunction(type) && type.prototype === prototype && !isBuiltIn && canBeCopied(type)
    ? type
    : undefined;
}

/** It has more own properties than these. */
function hasMore(object: object, count: number): boolean {
  return Object.getOwnPropertyNames(object).length > count;
}
