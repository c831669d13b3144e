import type { Companion } from "./companions.cjs";
import { type EncodedParts, partsIn, partsOf } from "./large/joined-bytes.cjs";
import type { EncodedText, SentBytes, SentPayload } from "./messages.cjs";
import { isAccompanied, type Payload } from "./payload.cjs";
import type { SharedSpace } from "./space/shared-space.cjs";
import { decode, decodeParts, encode } from "./structured-clone.cjs";
import type { Values } from "./typed-array.cjs";

/** Bytes from which on the shared space is faster than the message. */
const fewBytes = 1024;

/** Bytes that still fit into a message; V8's strings have an end. */
const mostBytesAsText = 256 * 2 ** 20;

/** Size from which on primitive values are encoded, as far as it can be told from afar. */
const fewValues = 16_384;

/** Makes a payload ready for a message. Throws a RangeError if it is too large for one and the shared space cannot take it. */
export function sendPayload(payload: Payload, space: SharedSpace): SentPayload {
  if (payload instanceof Float64Array) {
    return {
      numbers: sendBytes(new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength), space),
    };
  }
  if (isAccompanied(payload)) {
    return { encoded: sendBytes(payload.bytes, space), companions: payload.companions };
  }
  if (payload instanceof Uint8Array) {
    return { encoded: sendBytes(payload, space) };
  }
  if (!fitsJson(payload)) {
    return { encoded: sendBytes(encode(payload), space) };
  }
  // Among plain values, an empty array stands for `undefined`, which JSON does not know.
  return payload.includes(undefined) ? payload.map((value) => (value === undefined ? [] : value)) : payload;
}

/** Turns bytes into values. */
export type Decode = (parts: EncodedParts, companions?: readonly Companion[]) => unknown;

/** Unpacks values; those that were a typed array are one again. */
export function receivePayload(sent: SentPayload, space: SharedSpace, read: Decode = decodeParts): Values {
  if ("numbers" in sent) {
    return arrayOf(new Float64Array(new Uint8Array(receiveBytes(sent.numbers, space)).buffer));
  }
  if ("encoded" in sent) {
    return read(receiveParts(sent.encoded, space), sent.companions) as Values;
  }
  return sent.map((value) => (typeof value === "object" && value !== null ? undefined : value));
}

/** As `Array.from` gives it, in a fifth of the time. */
function arrayOf(packed: Float64Array): number[] {
  const numbers = new Array<number>(packed.length);
  for (let index = 0; index < packed.length; index++) {
    numbers[index] = packed[index] as number;
  }
  return numbers;
}

export function sendBytes(bytes: Uint8Array, space: SharedSpace): SentBytes {
  const place = bytes.length < fewBytes ? undefined : space.write(bytes);
  if (place) {
    return place;
  }
  if (bytes.length >= fewBytes && space.isMemory) {
    return bytes;
  }
  if (bytes.length > mostBytesAsText) {
    const size = Math.round(bytes.length / 2 ** 20);
    throw new RangeError(
      `Values of ${size} MiB cannot be sent: /dev/shm or the folder for temporary files is full; send them in parts`,
    );
  }
  return textOf(bytes);
}

/** The bytes are valid until the next call. */
export function receiveBytes(sent: SentBytes, space: SharedSpace): Uint8Array {
  if (typeof sent === "string") {
    return Buffer.from(sent, "base64");
  }
  return sent instanceof Uint8Array ? sent : space.read(sent);
}

function receiveParts(sent: SentBytes, space: SharedSpace): EncodedParts {
  return typeof sent === "string" || sent instanceof Uint8Array
    ? partsOf(receiveBytes(sent, space))
    : partsIn(sent, space);
}

/** Encodes a value for a message; throws if it cannot be cloned. */
export function encodeText(value: unknown): EncodedText {
  return textOf(encode(value));
}

export function decodeText(text: EncodedText): unknown {
  return decode(Buffer.from(text, "base64"));
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

function fitsJson(values: readonly unknown[]): boolean {
  let size = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    size += typeof value === "string" ? value.length : 8;
    if (typeof value === "bigint" || size > fewValues) {
      return false;
    }
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return false;
    }
  }
  return true;
}
