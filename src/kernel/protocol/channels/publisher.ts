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
  /** States that nobody heard, of the current turn of the event loop. */
  #held: Buffer[][] = [];
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
    const frames = this.#session.encode(message, [topic]);
    if (this.isHeard) {
      this.outbox.push(frames, sent);
    } else {
      this.#hold(frames);
    }
  }

  /** A subscriber may be there who is not greeted yet: what is held goes out behind the greeting, if it comes at once. */
  #hold(frames: Buffer[]): void {
    if (this.#held.push(frames) === 1) {
      setImmediate(() => {
        this.#held = [];
      });
    }
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
        for (const frames of this.#held.splice(0)) {
          this.outbox.push(frames);
        }
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
