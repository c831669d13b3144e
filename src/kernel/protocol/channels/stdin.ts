import type { MessagePort } from "node:worker_threads";
import type { Router } from "zeromq";
import type { RoutedMessage } from "../../../jupyter/message.js";
import type { Session } from "../../../jupyter/session.js";
import { flag } from "../../shared/thread-flags.js";
import type { InputAnswer } from "../../shared/thread-messages.js";
import type { Outbox } from "./outbox.js";

/** The stdin channel: asks the front end, while the main thread blocks until the answer is there. */
export class Stdin {
  readonly #session: Session;
  readonly #outbox: Outbox;
  readonly #flags: Int32Array;
  readonly #port: MessagePort;
  #asked: string | undefined;

  constructor(session: Session, outbox: Outbox, flags: Int32Array, port: MessagePort) {
    this.#session = session;
    this.#outbox = outbox;
    this.#flags = flags;
    this.#port = port;
  }

  ask(request: RoutedMessage, prompt: string, password: boolean): void {
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
        this.answer(typeof value === "string" ? value : null);
      }
    }
  }

  answer(value: string | null): void {
    this.#port.postMessage({ value } satisfies InputAnswer);
    Atomics.add(this.#flags, flag.answered, 1);
    Atomics.notify(this.#flags, flag.answered);
  }
}
