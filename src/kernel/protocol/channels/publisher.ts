import type { XPublisher } from "zeromq";
import type { JsonObject } from "../../../jupyter/json-object.js";
import type { Header } from "../../../jupyter/message.js";
import type { Session } from "../../../jupyter/session.js";
import { Outbox } from "./outbox.js";

export type ExecutionState = "starting" | "busy" | "idle";

/** The IOPub channel. */
export class Publisher {
  readonly outbox: Outbox;
  readonly #socket: XPublisher;
  readonly #session: Session;

  constructor(socket: XPublisher, session: Session) {
    this.#socket = socket;
    this.#session = session;
    this.outbox = new Outbox(socket);
  }

  publish(parent: Header | undefined, type: string, content: JsonObject, sent?: () => void): void {
    const topic = Buffer.from(`kernel.${this.#session.id}.${type}`);
    this.outbox.push(this.#session.encode(this.#session.message(type, content, parent), [topic]), sent);
  }

  status(parent: Header | undefined, state: ExecutionState): void {
    this.publish(parent, "status", { execution_state: state });
  }

  /** Greets each new subscriber, who then knows that nothing will be missed from here on. */
  async welcomeSubscribers(): Promise<void> {
    for await (const [frame] of this.#socket) {
      if (frame?.[0] === 1) {
        const topic = frame.subarray(1);
        const content = { subscription: topic.toString() };
        this.outbox.push(this.#session.encode(this.#session.message("iopub_welcome", content), [topic]));
      }
    }
  }
}
