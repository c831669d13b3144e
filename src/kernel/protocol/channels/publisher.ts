import type { XPublisher } from "zeromq";
import type { JsonObject } from "../../../jupyter/json-object.js";
import type { Header } from "../../../jupyter/message.js";
import type { Session } from "../../../jupyter/session.js";
import { Outbox } from "./outbox.js";

export type ExecutionState = "starting" | "busy" | "idle";

export interface PublishOptions {
  metadata?: JsonObject;
  buffers?: Uint8Array[];
  /** Called when the socket has taken the message, or nobody listens to it. */
  sent?: () => void;
}

/** The IOPub channel. */
export class Publisher {
  readonly outbox: Outbox;
  readonly #socket: XPublisher;
  readonly #session: Session;
  #subscribers = 0;
  /** Output was dropped since the last subscriber has gone. */
  #isUnheard = false;
  #lastParent: Header | undefined;

  constructor(socket: XPublisher, session: Session) {
    this.#socket = socket;
    this.#session = session;
    this.outbox = new Outbox(socket, (count) =>
      this.#say(`A front end read nothing for half a minute and lost ${count} messages`),
    );
  }

  get isHeard(): boolean {
    return this.#subscribers > 0;
  }

  /** Says that output was dropped. */
  noteUnheard(): void {
    this.#isUnheard = true;
  }

  publish(
    parent: Header | undefined,
    type: string,
    content: JsonObject,
    { metadata = {}, buffers = [], sent }: PublishOptions = {},
  ): void {
    this.#lastParent = parent;
    if (!this.isHeard && type !== "status") {
      this.#isUnheard = true;
      sent?.();
      return;
    }
    const topic = Buffer.from(`kernel.${this.#session.id}.${type}`);
    const message = { ...this.#session.message(type, content, parent), metadata, buffers };
    this.outbox.push(this.#session.encode(message, [topic]), sent);
  }

  /** Tells the reader, among the output, of what is missing there. */
  #say(sentence: string): void {
    this.publish(this.#lastParent, "stream", { name: "stderr", text: `[${sentence}.]\n` });
  }

  status(parent: Header | undefined, state: ExecutionState): void {
    this.publish(parent, "status", { execution_state: state });
  }

  /** Greets each new subscriber, who then knows that nothing will be missed from here on. */
  async welcomeSubscribers(): Promise<void> {
    for await (const [frame] of this.#socket) {
      if (frame?.[0] === 1) {
        const topic = frame.subarray(1);
        this.#subscribers++;
        const content = { subscription: topic.toString() };
        this.outbox.push(this.#session.encode(this.#session.message("iopub_welcome", content), [topic]));
        this.#sayUnheard();
      } else if (frame?.[0] === 0) {
        this.#subscribers--;
      }
    }
  }

  #sayUnheard(): void {
    if (this.#isUnheard) {
      this.#isUnheard = false;
      this.#say("Earlier output was dropped, because no front end listened");
    }
  }
}
