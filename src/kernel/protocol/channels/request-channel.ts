import type { Router } from "zeromq";
import type { JsonObject } from "../../../jupyter/json-object.js";
import type { RoutedMessage } from "../../../jupyter/message.js";
import type { Session } from "../../../jupyter/session.js";
import { Outbox } from "./outbox.js";

/** The shell or the control channel as sockets see it: requests arrive, and replies are sent. */
export class RequestChannel {
  readonly outbox: Outbox;
  readonly #socket: Router;
  readonly #session: Session;

  constructor(socket: Router, session: Session) {
    this.#socket = socket;
    this.#session = session;
    this.outbox = new Outbox(socket);
  }

  reply({ routing, header }: RoutedMessage, content: JsonObject): void {
    const type = header.msg_type.replace(/_request$/, "_reply");
    this.outbox.push(this.#session.encode(this.#session.message(type, content, header), routing));
  }

  /** Calls `handle` with each request; resolves when the socket is closed. */
  async listen(handle: (message: RoutedMessage) => void): Promise<void> {
    for await (const frames of this.#socket) {
      const message = this.#session.decode(frames);
      if (message) {
        handle(message);
      }
    }
  }
}
