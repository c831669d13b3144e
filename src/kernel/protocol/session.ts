import { randomUUID } from "node:crypto";
import { decode, encode, type Header, type Message, Signer } from "../../jupyter/wire.js";
import type { JsonObject } from "../shared/messages.js";

export const protocolVersion = "5.5";

export interface Outgoing {
  routing: Buffer[];
  type: string;
  content: JsonObject;
  parent?: Header;
  buffers?: Buffer[];
}

/** Makes and reads the messages of one kernel process, which has one session of its own. */
export class Session {
  readonly id = randomUUID();
  readonly #signer: Signer;
  #count = 0;

  constructor(key: string, scheme: string) {
    this.#signer = new Signer(key, scheme);
  }

  encode({ routing, type, content, parent, buffers = [] }: Outgoing): Buffer[] {
    const header: Header = {
      msg_id: `${this.id}_${++this.#count}`,
      msg_type: type,
      session: this.id,
      username: "kernel",
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    return encode(
      { routing, header, parentHeader: parent ?? {}, metadata: {}, content, buffers },
      this.#signer,
    );
  }

  decode(frames: Buffer[]): Message | undefined {
    return decode(frames, this.#signer);
  }
}
