import { randomUUID } from "node:crypto";
import { decodeFrames, encodeFrames } from "./frames.js";
import type { JsonObject } from "./json-object.js";
import { type Header, type Message, protocolVersion, type RoutedMessage } from "./message.js";
import { Signer } from "./signature.js";

export interface SessionOptions {
  key: string;
  signature_scheme: string;
  /** The name that the messages give to their sender. */
  username: string;
  /** Reads the JSON in messages. Default: JSON.parse. */
  parse?: (text: string) => unknown;
}

/** Makes, signs and reads the messages of one peer, all of one session. */
export class Session {
  readonly id = randomUUID();
  readonly #signer: Signer;
  readonly #username: string;
  readonly #parse: (text: string) => unknown;
  #count = 0;

  /** Throws a RangeError when Node does not know the hash of the `signature_scheme`. */
  constructor({ key, signature_scheme, username, parse = JSON.parse }: SessionOptions) {
    this.#signer = new Signer(key, signature_scheme);
    this.#username = username;
    this.#parse = parse;
  }

  /** A new message; `parent` is the header of the request that it answers. */
  message(type: string, content: JsonObject, parent: Partial<Header> = {}): Message {
    const header = {
      msg_id: `${this.id}_${++this.#count}`,
      msg_type: type,
      session: this.id,
      username: this.#username,
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    return { header, parent_header: parent, metadata: {}, content, buffers: [] };
  }

  /** The signed frames of a message, behind the identities of the client or the topic. */
  encode(message: Message, routing?: Buffer[]): Buffer[] {
    return encodeFrames(message, this.#signer, routing);
  }

  /** Reads a message; undefined when it is malformed or its signature is wrong. */
  decode(frames: Buffer[]): RoutedMessage | undefined {
    return decodeFrames(frames, this.#signer, this.#parse);
  }
}
