import { createHmac, timingSafeEqual } from "node:crypto";

// Jupyter's wire protocol on ZeroMQ: routing identities or a topic, the delimiter, the signature over the four JSON
// parts header, parent_header, metadata and content, then raw buffers.

const delimiter = Buffer.from("<IDS|MSG>");

export type Channel = "shell" | "control" | "stdin" | "iopub";

export interface Header {
  msg_id: string;
  msg_type: string;
  username: string;
  session: string;
  date: string;
  version: string;
}

export interface Message {
  channel: Channel;
  header: Header;
  parent_header: Header | Record<string, never>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  buffers: ArrayBufferView[];
}

/** The frames of a message, signed with `key` (HMAC-SHA256; an empty key means no signature). */
export function encodeMessage(message: Message, key: string): Buffer[] {
  const { header, parent_header, metadata, content, buffers } = message;
  const parts = [header, parent_header, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  const binary = (buffers ?? []).map((view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength));
  return [delimiter, Buffer.from(sign(parts, key)), ...parts, ...binary];
}

/**
 * The message in `frames`. Header and parent header get the fields that kernels are known to leave out.
 * Throws an Error when the frames are no message or the signature is wrong.
 */
export function decodeMessage(frames: Buffer[], channel: Channel, key: string): Message {
  const start = frames.findIndex((frame) => frame.equals(delimiter));
  const [signature, ...rest] = frames.slice(start + 1);
  if (start < 0 || !signature || rest.length < 4) {
    throw new Error("Not a Jupyter message");
  }
  const parts = rest.slice(0, 4);
  if (!isSigned(signature, parts, key)) {
    throw new Error("Wrong signature on a message of the kernel");
  }
  const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(part.toString() || "{}"));
  return {
    channel,
    header: { username: "", session: "", date: "", version: "5.3", ...header },
    parent_header: parent_header ?? {},
    metadata: metadata ?? {},
    content: content ?? {},
    buffers: rest.slice(4),
  };
}

function sign(parts: Buffer[], key: string): string {
  if (key === "") {
    return "";
  }
  const hmac = createHmac("sha256", key);
  for (const part of parts) {
    hmac.update(part);
  }
  return hmac.digest("hex");
}

function isSigned(signature: Buffer, parts: Buffer[], key: string): boolean {
  const expected = Buffer.from(sign(parts, key));
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
