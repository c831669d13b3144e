import { createHmac, timingSafeEqual } from "node:crypto";
import { protocol } from "./names.js";

/*
 * Each message of a slot travels in one envelope or in several, in order: a head and a part of the bytes. The head holds
 * the number of the envelope, counted from 1 for each slot and direction, a flag that more parts follow, and an
 * HMAC-SHA-256 over all of it. Its key is derived from the cluster's, so that an envelope fits one place only.
 */

/** The place of envelopes: one direction of one lease. */
export interface Place {
  readonly pool: string;
  readonly slot: string;
  /** Made by the agent for each lease: an old one's messages to it cannot be sent again. */
  readonly lease: string;
  readonly to: "agent" | "client";
}

export interface Envelope {
  readonly head: Buffer;
  readonly body: Uint8Array;
}

/** Parts are that long at most: a broker that gets a very long message serves nobody else meanwhile. */
const longestPart = 4 * 2 ** 20;

const flagAt = 8;
const signatureAt = 9;
const headLength = signatureAt + 32;

/** Signs the messages to one place, and numbers them. */
export class Sealer {
  readonly #key: Buffer;
  #number = 0;

  constructor(clusterKey: Buffer, place: Place) {
    this.#key = placeKey(clusterKey, place);
  }

  seal(bytes: Uint8Array): Envelope[] {
    const envelopes: Envelope[] = [];
    for (let start = 0; start === 0 || start < bytes.length; start += longestPart) {
      const body = bytes.subarray(start, start + longestPart);
      const head = Buffer.alloc(headLength);
      head.writeDoubleBE(++this.#number, 0);
      head[flagAt] = start + longestPart < bytes.length ? 1 : 0;
      signature(this.#key, head, body).copy(head, signatureAt);
      envelopes.push({ head, body });
    }
    return envelopes;
  }
}

/** Thrown for an envelope that is not taken. */
export class RefusedEnvelopeError extends Error {
  readonly reason: "signature" | "repeated" | "gap";

  constructor(reason: "signature" | "repeated" | "gap", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Takes the envelopes of one place in their order, and puts messages together. */
export class Opener {
  readonly #key: Buffer;
  #last = 0;
  #parts: Uint8Array[] = [];

  constructor(clusterKey: Buffer, place: Place) {
    this.#key = placeKey(clusterKey, place);
  }

  /** The message that is complete with it; undefined if more parts follow. Throws a RefusedEnvelopeError. */
  open({ head, body }: Envelope): Uint8Array | undefined {
    if (
      head.length !== headLength ||
      !timingSafeEqual(head.subarray(signatureAt), signature(this.#key, head, body))
    ) {
      throw new RefusedEnvelopeError(
        "signature",
        "its signature is wrong: the keys differ, or it was altered",
      );
    }
    const number = head.readDoubleBE(0);
    if (number <= this.#last) {
      throw new RefusedEnvelopeError("repeated", "it has come before");
    }
    if (number !== this.#last + 1) {
      throw new RefusedEnvelopeError("gap", "others before it are missing, or come later");
    }
    this.#last = number;
    this.#parts.push(body);
    if (head[flagAt] !== 0) {
      return undefined;
    }
    const [only = body] = this.#parts;
    const message = this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
    this.#parts = [];
    return message;
  }
}

function signature(key: Buffer, head: Buffer, body: Uint8Array): Buffer {
  return createHmac("sha256", key).update(head.subarray(0, signatureAt)).update(body).digest();
}

function placeKey(clusterKey: Buffer, { pool, slot, lease, to }: Place): Buffer {
  return createHmac("sha256", clusterKey)
    .update(JSON.stringify([protocol, pool, slot, lease, to]))
    .digest();
}
