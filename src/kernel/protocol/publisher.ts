import type { XPublisher } from "zeromq";
import type { Header } from "../../jupyter/wire.js";
import type { JsonObject } from "../shared/messages.js";
import { Outbox } from "./outbox.js";
import type { Session } from "./session.js";

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
    this.outbox.push(this.#session.encode({ routing: [topic], type, content, parent }), sent);
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
        this.outbox.push(this.#session.encode({ routing: [topic], type: "iopub_welcome", content }));
      }
    }
  }
}
