import type { MessagePort } from "node:worker_threads";
import type { Router } from "zeromq";
import type { RoutedMessage } from "../../../jupyter/message.js";
import type { Session } from "../../../jupyter/session.js";
import { flag } from "../../shared/thread-flags.js";
import type { InputAnswer } from "../../shared/thread-messages.js";
import type { Outbox } from "./outbox.js";

export interface StdinParts {
  flags: Int32Array;
  port: MessagePort;
  send(answer: InputAnswer): void;
}

interface Question {
  prompt: string;
  password: boolean;
  isWaiting: boolean;
}

/** The stdin channel: asks the front end. The main thread blocks until the answer is there, or gets it as a message. */
export class Stdin {
  readonly #session: Session;
  readonly #outbox: Outbox;
  readonly #flags: Int32Array;
  readonly #port: MessagePort;
  readonly #send: (answer: InputAnswer) => void;
  #asked: string | undefined;
  #isWaiting = false;

  /** `send` takes an answer that the main thread does not wait for. */
  constructor(session: Session, outbox: Outbox, { flags, port, send }: StdinParts) {
    this.#session = session;
    this.#outbox = outbox;
    this.#flags = flags;
    this.#port = port;
    this.#send = send;
  }

  /** Asks on behalf of a request; without one there is nobody to ask. */
  ask(request: RoutedMessage | undefined, { prompt, password, isWaiting }: Question): void {
    this.#isWaiting = isWaiting;
    if (!request) {
      this.#answer(null);
      return;
    }
    this.#asked = request.header.session;
    this.#outbox.push(
      this.#session.encode(
        this.#session.message("input_request", { prompt, password }, request.header),
        request.routing,
      ),
    );
  }

  async listen(socket: Router): Promise<void> {
    for await (const frames of socket) {
      const message = this.#session.decode(frames);
      if (message?.header.msg_type === "input_reply" && this.#asked !== undefined) {
        this.#asked = undefined;
        const { value } = message.content;
        this.#answer(typeof value === "string" ? value : null);
      }
    }
  }

  #answer(value: string | null): void {
    if (!this.#isWaiting) {
      this.#send({ value });
      return;
    }
    this.#port.postMessage({ value } satisfies InputAnswer);
    Atomics.add(this.#flags, flag.answered, 1);
    Atomics.notify(this.#flags, flag.answered);
  }
}
