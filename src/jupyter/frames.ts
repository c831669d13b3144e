import { isJsonObject, type JsonObject } from "./json-object.js";
import { jsonText } from "./json-text.js";
import type { Header, Message, RoutedMessage } from "./message.js";
import type { Signer } from "./signature.js";

// A message on ZeroMQ: routing frames, "<IDS|MSG>", the signature, then header, parent header, metadata and content as
// JSON, then buffers.

const delimiter = Buffer.from("<IDS|MSG>");

export function encodeFrames(message: Message, signer: Signer, routing: Buffer[] = []): Buffer[] {
  const { header, parent_header, metadata, content, buffers } = message;
  const parts = [header, parent_header, metadata, content].map((part) => Buffer.from(jsonText(part)));
  const raw = buffers.map((view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength));
  return [...routing, delimiter, Buffer.from(signer.sign(parts)), ...parts, ...raw];
}

/** Reads a message; undefined when it is malformed or its signature is wrong. */
export function decodeFrames(
  frames: Buffer[],
  signer: Signer,
  parse: (text: string) => unknown,
): RoutedMessage | undefined {
  const start = frames.findIndex((frame) => frame.equals(delimiter));
  const [signature, ...rest] = frames.slice(start + 1);
  const parts = rest.slice(0, 4);
  if (start < 0 || !signature || parts.length < 4 || !signer.verify(signature, parts)) {
    return undefined;
  }
  try {
    const [header, parent, metadata, content] = parts.map((part) => parsePart(part, parse));
    return (
      header && {
        routing: frames.slice(0, start),
        header: wholeHeader(header),
        parent_header: parent ?? {},
        metadata: metadata ?? {},
        content: content ?? {},
        buffers: rest.slice(4),
      }
    );
  } catch {
    return undefined;
  }
}

/** The object that a part holds; some kernels send an empty part, or null, for an empty object. */
function parsePart(part: Buffer, parse: (text: string) => unknown): JsonObject | undefined {
  const value: unknown = parse(part.toString() || "null");
  return isJsonObject(value) ? value : undefined;
}

/** Fills in what some peers leave out. Throws when that is what a message cannot be understood without. */
function wholeHeader(header: JsonObject): Header {
  const { msg_type, msg_id } = header;
  if (typeof msg_type !== "string" || typeof msg_id !== "string") {
    throw new TypeError("Expected `msg_type` and `msg_id` in the header of a message");
  }
  return { username: "", session: "", date: "", version: "5.3", ...header, msg_type, msg_id };
}
