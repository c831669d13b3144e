import { types } from "node:util";
import type { Companion } from "../../wire/companions.cjs";
import type { EncodedParts } from "../../wire/large/joined-bytes.cjs";
import type { SentPayload } from "../../wire/messages.cjs";
import { receivePayload } from "../../wire/sent-payload.cjs";
import type { SharedSpace } from "../../wire/space/shared-space.cjs";
import { decodeParts } from "../../wire/structured-clone.cjs";
import type { Values } from "../../wire/typed-array.cjs";
import { isObject } from "../objects.js";
import { compiledMark, needsOwnPlaces, withOwnPlaces } from "./notebook-stacks.js";

/*
 * A task of a notebook may return the stack of an error, or the error itself, instead of throwing it.
 */

const marks = (["latin1", "utf16le"] as const).map((encoding) => Buffer.from(compiledMark, encoding));

/** Decodes the results of a task; stacks among them name the places in what the user wrote. */
export function decodeResults(parts: EncodedParts, companions?: readonly Companion[]): unknown {
  const values = decodeParts(parts, companions);
  const { buffer, byteOffset, byteLength } = parts.value;
  const isMarked = () => {
    const searched = Buffer.from(buffer, byteOffset, byteLength);
    return marks.some((mark) => searched.includes(mark));
  };
  if (needsOwnPlaces(compiledMark) && isObject(values) && isMarked()) {
    translate(values);
  }
  return values;
}

/** Takes results out of a message and the space, in the same way. */
export function receiveResults(sent: SentPayload, space: SharedSpace): Values {
  return shownResults(receivePayload(sent, space, decodeResults));
}

/** Those that needed no decoding. */
export function shownResults(values: Values): Values {
  const hasStacks =
    Array.isArray(values) && values.some((value) => typeof value === "string" && needsOwnPlaces(value));
  return hasStacks ? values.map(shownResult) : values;
}

function shownResult(value: unknown): unknown {
  return typeof value === "string" && needsOwnPlaces(value) ? withOwnPlaces(value) : value;
}

function translate(root: object): void {
  const seen = new Set<object>([root]);
  const shown = (value: unknown): unknown => {
    if (isObject(value)) {
      seen.add(value);
    }
    return shownResult(value);
  };
  for (const object of seen) {
    if (types.isMap(object)) {
      for (const [key, value] of object) {
        shown(key);
        object.set(key, shown(value));
      }
    } else if (types.isSet(object)) {
      object.forEach(shown);
    } else if (!ArrayBuffer.isView(object)) {
      translateProperties(object, shown);
    }
  }
}

function translateProperties(object: object, shown: (value: unknown) => unknown): void {
  for (const key of Reflect.ownKeys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    const value: unknown = Reflect.get(object, key);
    const now = shown(value);
    if (now !== value && property?.configurable) {
      const { enumerable } = property;
      Object.defineProperty(object, key, { value: now, enumerable, writable: true, configurable: true });
    }
  }
}
