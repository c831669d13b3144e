import type { JsonObject } from "../../jupyter/json-object.js";
import { isJsonObject } from "../../jupyter/json-object.js";
import { flag } from "../shared/thread-flags.js";
import { type FromMain, type Ordered, type Publication, publicationSize } from "../shared/thread-messages.js";
import type { CellRequests } from "./channels/cell-requests.js";
import type { Publisher } from "./channels/publisher.js";
import type { Stdin } from "./channels/stdin.js";
import type { CommTable } from "./comm-table.js";
import type { History } from "./history/history.js";
import type { MainThread } from "./main-thread.js";
import type { OutputPump } from "./output-pump.js";

export interface InboxParts {
  flags: Int32Array;
  main: MainThread;
  pump: OutputPump;
  publisher: Publisher;
  requests: CellRequests;
  history: History;
  comms: CommTable;
  stdin: Stdin;
  /** Sends what is left and closes the sockets. */
  drain(): void;
}

/** Obeys the messages of the main thread, each in its place among the output of the cells. */
export class MainThreadInbox {
  readonly #parts: InboxParts;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  receive(message: FromMain): void {
    const { pump } = this.#parts;
    if (message.type !== "output") {
      pump.drain(message.after);
      this.#obey(message);
      pump.passed(message.count);
    }
    pump.notify();
  }

  #obey(message: Ordered): void {
    const { flags, main, pump, requests, stdin, drain } = this.#parts;
    switch (message.type) {
      case "publish":
        this.#publish(message);
        break;
      case "reply":
        main.reply(message.id, JSON.parse(message.content));
        break;
      case "input":
        stdin.ask(requests.of(message.cell), message);
        break;
      case "pipe":
        pump.openPipe(message.cell, message.stream, message.descriptor);
        break;
      case "closePipes":
        pump.closePipes(message.cell);
        break;
      case "fence":
        Atomics.store(flags, flag.fence, message.id);
        Atomics.notify(flags, flag.fence);
        break;
      case "drain":
        drain();
    }
  }

  #publish(publication: Publication): void {
    const { flags, publisher, requests, history, comms } = this.#parts;
    const { cell, messageType, buffers } = publication;
    const content: JsonObject = JSON.parse(publication.content);
    const metadata: JsonObject = JSON.parse(publication.metadata ?? "{}");
    comms.note(messageType, content);
    if (messageType === "execute_result") {
      history.setOutput(Number(content.execution_count), plainText(content.data));
    }
    const sent = () => {
      Atomics.sub(flags, flag.pending, publicationSize(publication));
      Atomics.notify(flags, flag.pending);
    };
    publisher.publish(requests.of(cell)?.header, messageType, content, { metadata, buffers, sent });
  }
}

function plainText(data: unknown): string {
  return isJsonObject(data) ? String(data["text/plain"] ?? "") : "";
}
