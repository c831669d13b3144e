import { types } from "node:util";
import type { AnyFunction } from "../function-types.js";
import {
  addLeavesOf,
  isBareLeaf,
  isLeaf,
  isStillSo,
  type ObjectWalk,
  walkThrough,
} from "../wire/object-walk.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { canBeCopied } from "./classes/copied-class.js";
import { isPlainArray } from "./inspection/plain-array.js";
import { isFunction, memberOf } from "./objects.js";
import { knownPart } from "./references/known-values.js";
import { nodesGlobal, ofAllRealms } from "./references/realms.js";
import { sharedNumber } from "./shared/shared-numbers.js";

const plain = new Set<unknown>([
  null,
  ...ofAllRealms([Object, Array, Map, Set]).map(({ prototype }) => prototype),
]);
if (nodesGlobal !== globalThis) {
  addLeavesOf(nodesGlobal);
}

/** Objects with this prototype are plain ones of their shape: of no class of the user's. */
export function isPlain(prototype: unknown): boolean {
  return plain.has(prototype);
}

export function isSharedMemory(object: object): boolean {
  return types.isSharedArrayBuffer(ArrayBuffer.isView(object) ? object.buffer : object);
}

/** Things that structured clone does not keep of data, by the places of objects among all of a value. */
interface Findings {
  /** By the class: its instances. */
  readonly instances: ReadonlyMap<AnyFunction, Uint32Array>;
  /** The objects without a prototype, if there are any. */
  readonly bare: Uint32Array | undefined;
  readonly frozen: Uint32Array | undefined;
}

export interface Data extends Findings {
  /** Stands for the value as it is, all of it; undefined where a look does not see all. */
  readonly version: number | undefined;
}

interface DataQuestion {
  readonly workerType: WorkerType;
  /** A second look that finds nothing new is enough; one that does throws an Error. */
  readonly isTrusting: boolean;
}

class DataChange extends Error {}

interface Seen {
  readonly walk: ObjectWalk;
  readonly data: Data;
}

let lastVersion = 0;

/** The findings about an object when it was last looked through: mostly they still hold, which is seen much faster. */
const seen: Record<WorkerType, WeakMap<object, Seen>> = { process: new WeakMap(), thread: new WeakMap() };

/**
 * Those things of an object and all that it holds, if structured clone keeps everything else: there is no
 * function and no Proxy among it, no property with accessors or a symbol, and no shared memory unless it is for threads.
 */
export function dataIn(object: object, { workerType, isTrusting }: DataQuestion): Data | undefined {
  const last = seen[workerType].get(object);
  if (last && isTrusting) {
    if (isStillSo(last.walk)) {
      return last.data;
    }
    throw new DataChange();
  }
  const survey = new Survey(workerType);
  const walk = walked(object, survey);
  if (!walk) {
    seen[workerType].delete(object);
    return undefined;
  }
  const { findings } = survey;
  const data = { ...findings, version: walk.isWhole ? versionOf(findings, last) : undefined };
  seen[workerType].set(object, { walk, data });
  return data;
}

function walked(object: object, survey: Survey): ObjectWalk | undefined {
  try {
    return walkThrough(object, (held, prototype) => survey.accepts(held, prototype));
  } catch {
    // There is a Proxy in it that has been revoked: to take the value apart tells where.
    return undefined;
  }
}

/** The same as that of the last look, if that has found the same. */
function versionOf({ instances }: Findings, last: Seen | undefined): number {
  const classes = [...instances.keys()];
  const known = last && [...last.data.instances.keys()];
  const isKnown =
    last !== undefined &&
    known?.length === classes.length &&
    classes.every((type, index) => type === known[index]) &&
    isStillSo(last.walk);
  return (isKnown ? last.data.version : undefined) ?? ++lastVersion;
}

/** Accepts what is data, and notes what structured clone does not keep of it. */
class Survey {
  readonly #workerType: WorkerType;
  readonly #classes = new Map<unknown, AnyFunction | undefined>();
  readonly #instances = new Map<AnyFunction, number[]>();
  readonly #bare: number[] = [];
  readonly #frozen: number[] = [];
  #index = -1;

  constructor(workerType: WorkerType) {
    this.#workerType = workerType;
  }

  get findings(): Findings {
    const listed = (indices: number[]) => (indices.length > 0 ? Uint32Array.from(indices) : undefined);
    return {
      instances: new Map([...this.#instances].map(([type, indices]) => [type, Uint32Array.from(indices)])),
      bare: listed(this.#bare),
      frozen: listed(this.#frozen),
    };
  }

  accepts(object: object, prototype: unknown): boolean {
    this.#index++;
    if (types.isProxy(object) || sharedNumber(object) !== undefined) {
      return false;
    }
    if (isLeaf(prototype)) {
      return isBareLeaf(object) && (this.#workerType === "thread" || !isSharedMemory(object));
    }
    if (!holdsValuesOnly(object) || !this.#notesIntegrity(object)) {
      return false;
    }
    if (plain.has(prototype)) {
      if (prototype === null) {
        this.#bare.push(this.#index);
      }
      return true;
    }
    return this.#notesInstance(object, prototype);
  }

  #notesIntegrity(object: object): boolean {
    if (Object.isExtensible(object)) {
      return true;
    }
    this.#frozen.push(this.#index);
    return Object.isFrozen(object);
  }

  #notesInstance(object: object, prototype: unknown): boolean {
    if (!this.#classes.has(prototype)) {
      this.#classes.set(prototype, classOf(prototype));
    }
    const type = this.#classes.get(prototype);
    if (!type || knownPart(object)) {
      return false;
    }
    const list = this.#instances.get(type) ?? [];
    list.push(this.#index);
    this.#instances.set(type, list);
    return true;
  }
}

/** All own properties of the object have names and values and can be enumerated and, unless it is closed, changed. */
function holdsValuesOnly(object: object): boolean {
  if (types.isArgumentsObject(object) || Object.getOwnPropertySymbols(object).length > 0) {
    return false;
  }
  if (Array.isArray(object)) {
    return isPlainArray(object);
  }
  const names = Object.getOwnPropertyNames(object);
  if (types.isMap(object) || types.isSet(object)) {
    return names.length === 0;
  }
  const isOpen = Object.isExtensible(object);
  return names.every((name) => {
    const property = Object.getOwnPropertyDescriptor(object, name);
    return (
      property?.enumerable === true &&
      property.get === undefined &&
      property.set === undefined &&
      !(isOpen && (property.writable === false || property.configurable === false))
    );
  });
}

/** The class of instances that structured clone takes for plain objects. */
function classOf(prototype: unknown): AnyFunction | undefined {
  const type = memberOf(Object(prototype), "constructor");
  const isBuiltIn = [Array, Map, Set, Error].some((base) => prototype instanceof base);
  return isFunction(type) && type.prototype === prototype && !isBuiltIn && canBeCopied(type)
    ? type
    : undefined;
}
