import type { EncodedText, SentBytes, SentPayload } from "./messages.cjs";
import type { Payload } from "./payload.cjs";
import type { SharedFile } from "./shared-file.cjs";
import { decode, encode } from "./structured-clone.cjs";
import type { Values } from "./typed-array.cjs";

/** Bytes from which on the shared file is faster than the message. */
const fewBytes = 1024;

/** Bytes that still fit into a message; V8's strings have an end. */
const mostBytesAsText = 256 * 2 ** 20;

/** Size from which on primitive values are encoded, as far as it can be told from afar. */
const fewValues = 16_384;

/** Makes a payload ready for a message. Throws a RangeError if it is too large for one and the file cannot take it. */
export function sendPayload(payload: Payload, file: SharedFile): SentPayload {
  if (payload instanceof Float64Array) {
    return {
      numbers: sendBytes(new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength), file),
    };
  }
  if (payload instanceof Uint8Array) {
    return { encoded: sendBytes(payload, file) };
  }
  if (!fitsJson(payload)) {
    return { encoded: sendBytes(encode(payload), file) };
  }
  // Among plain values, an empty array stands for `undefined`, which JSON does not know.
  return payload.includes(undefined) ? payload.map((value) => (value === undefined ? [] : value)) : payload;
}

/** Unpacks values; those that were a typed array are one again. */
export function receivePayload(sent: SentPayload, file: SharedFile): Values {
  if ("numbers" in sent) {
    return Array.from(new Float64Array(new Uint8Array(receiveBytes(sent.numbers, file)).buffer));
  }
  if ("encoded" in sent) {
    return decode(receiveBytes(sent.encoded, file)) as Values;
  }
  return sent.map((value) => (typeof value === "object" && value !== null ? undefined : value));
}

export function sendBytes(bytes: Uint8Array, file: SharedFile): SentBytes {
  const place = bytes.length < fewBytes ? undefined : file.write(bytes);
  if (place) {
    return place;
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
export function receiveBytes(sent: SentBytes, file: SharedFile): Uint8Array {
  return typeof sent === "string" ? Buffer.from(sent, "base64") : file.read(sent);
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
  for (const value of values) {
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
