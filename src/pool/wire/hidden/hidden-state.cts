import { types } from "node:util";
import { classOfNode, replacementFor } from "./classes-of-node.cjs";

/** As V8's serializer writes an object without properties of its own, and the end of one whose only one is undefined. */
const empties = [Buffer.from("o{\0", "latin1"), Buffer.from("_{\x01", "latin1")];

const objectEnd = 0x7b;

/** Fewer bytes are looked through faster one by one. */
const fewBytes = 80;

/** Bytes of structured clone hold an object without values, or bytes that look like one. */
export function mayHoldEmpty(bytes: Buffer): boolean {
  const { length } = bytes;
  if (length > fewBytes) {
    return empties.some((empty) => bytes.includes(empty));
  }
  for (let index = 2; index < length; index++) {
    if (bytes[index - 1] === objectEnd && isEmptyEnd(bytes, index)) {
      return true;
    }
  }
  return false;
}

function isEmptyEnd(bytes: Buffer, at: number): boolean {
  return empties.some((empty) => empty[0] === bytes[at - 2] && empty[2] === bytes[at]);
}

/**
 * Throws if there is an instance of a class of Node's that structured clone takes for an empty object, as such a class
 * keeps its state where only its own methods see it. `size` are the bytes of the clone.
 */
export function refuseHiddenState(root: unknown, size: number): void {
  const objects: object[] = [];
  // To remember what was seen takes long; a tree has fewer objects than its clone has bytes.
  let seen: Set<object> | undefined;
  let rest = size;
  const see = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen?.has(value)) {
      return;
    }
    seen?.add(value);
    objects.push(value);
    if (--rest === 0) {
      seen = new Set(objects);
    }
  };
  see(root);
  for (let object = objects.pop(); object; object = objects.pop()) {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype === Object.prototype) {
      for (const name in object) {
        see(Reflect.get(object, name));
      }
    } else if (prototype === Array.prototype && Reflect.get(object, "length") <= size) {
      (object as unknown[]).forEach(see);
    } else {
      lookThrough(object, root, see);
    }
  }
}

function lookThrough(object: object, root: unknown, see: (value: unknown) => void): void {
  const contents = contentsOf(object);
  if (contents.length < 2 && contents[0] === undefined) {
    refuseInstance(object, root);
  }
  contents.forEach(see);
}

/** All that structured clone takes along. */
function contentsOf(object: object): readonly unknown[] {
  if (isLeaf(object)) {
    return [];
  }
  if (types.isMap(object)) {
    return [...object].flat(1);
  }
  if (types.isSet(object)) {
    return [...object];
  }
  return types.isNativeError(object) ? [object.cause] : Object.values(object);
}

function isLeaf(object: object): boolean {
  return (
    ArrayBuffer.isView(object) ||
    types.isDate(object) ||
    types.isRegExp(object) ||
    types.isAnyArrayBuffer(object) ||
    types.isBoxedPrimitive(object)
  );
}

function refuseInstance(object: object, root: unknown): void {
  const isKept = isLeaf(object) || types.isMap(object) || types.isSet(object) || types.isNativeError(object);
  const name = isKept ? undefined : classOfNode(object);
  if (name !== undefined) {
    throw hiddenState(object, name, pathTo(object, root));
  }
}

/** The error for an object that cannot be cloned. */
export function hiddenState(object: object, name: string, path = ""): TypeError {
  const hasClass = Object.hasOwn(Object.getPrototypeOf(object), "constructor");
  const own = (hasClass && object.constructor.name) || name;
  const place = path && ` (at \`${path}\`)`;
  return new TypeError(
    `${withArticle(own)}${place} could not be cloned, as its contents belong to this process; pass ${replacementFor(name)}`,
  );
}

/** ".picture", from the one of the values where it is. */
function pathTo(object: object, root: unknown): string {
  const holders = new Map<unknown, object | undefined>([[root, undefined]]);
  for (const [holder] of holders) {
    for (const value of typeof holder === "object" && holder !== null ? contentsOf(holder) : []) {
      if (!holders.has(value)) {
        holders.set(value, Object(holder));
      }
    }
  }
  const path: string[] = [];
  let inner = object;
  for (let holder = holders.get(inner); holder; holder = holders.get(inner)) {
    path.push(stepTo(inner, holder));
    inner = holder;
  }
  return path.reverse().slice(1).join("").trimStart();
}

function stepTo(inner: object, holder: object): string {
  if (types.isMap(holder) || types.isSet(holder)) {
    return types.isMap(holder) ? " in a Map" : " in a Set";
  }
  const name = Object.keys(holder).find((key) => Reflect.get(holder, key) === inner);
  if (name === undefined) {
    return ".cause";
  }
  if (Array.isArray(holder)) {
    return `[${name}]`;
  }
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function withArticle(name: string): string {
  return `${/^(?:[AEIO]|X\d)/i.test(name) ? "An" : "A"} ${name}`;
}
