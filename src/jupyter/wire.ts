import { createHmac, timingSafeEqual } from "node:crypto";
import type { JsonObject } from "../kernel/shared/messages.js";

// A Jupyter message on the wire: routing frames, "<IDS|MSG>", a signature, and header, parent header, metadata and
// content as JSON, then buffers.

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export interface Message {
  routing: Buffer[];
  header: Header;
  parentHeader: Partial<Header>;
  metadata: JsonObject;
  content: JsonObject;
  buffers: Buffer[];
}

const delimiter = Buffer.from("<IDS|MSG>");

/** Signs and verifies; an empty key means that nothing is signed. */
export class Signer {
  readonly #key: string;
  readonly #algorithm: string;

  constructor(key: string, scheme: string) {
    this.#key = key;
    const algorithm = scheme.replace(/^hmac-/, "") || "sha256";
    if (key !== "") {
      try {
        createHmac(algorithm, key);
      } catch (cause) {
        throw new RangeError(
          `Expected \`signature_scheme\` to name a hash that Node knows, got "${scheme}"`,
          { cause },
        );
      }
    }
    this.#algorithm = algorithm;
  }

  sign(parts: Buffer[]): string {
    if (this.#key === "") {
      return "";
    }
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) {
      hmac.update(part);
    }
    return hmac.digest("hex");
  }

  accepts(signature: Buffer, parts: Buffer[]): boolean {
    const expected = Buffer.from(this.sign(parts));
    return this.#key === "" || (expected.length === signature.length && timingSafeEqual(expected, signature));
  }
}

export function encode(message: Message, signer: Signer): Buffer[] {
  const { header, parentHeader, metadata, content } = message;
  const parts = [header, parentHeader, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  return [...message.routing, delimiter, Buffer.from(signer.sign(parts)), ...parts, ...message.buffers];
}

/** Reads a message; undefined when it is malformed or its signature is wrong. */
export function decode(frames: Buffer[], signer: Signer): Message | undefined {
  const start = frames.findIndex((frame) => frame.equals(delimiter));
  const [signature, ...rest] = frames.slice(start + 1);
  const parts = rest.slice(0, 4);
  if (start < 0 || !signature || parts.length < 4 || !signer.accepts(signature, parts)) {
    return undefined;
  }
  try {
    const [header, parentHeader, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
    if (typeof header?.msg_type !== "string" || typeof header.msg_id !== "string") {
      return undefined;
    }
    return {
      routing: frames.slice(0, start),
      header,
      parentHeader,
      metadata,
      content: content ?? {},
      buffers: rest.slice(4),
    };
  } catch {
    return undefined;
  }
}
