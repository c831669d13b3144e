import { randomUUID } from "node:crypto";
import { Context, Dealer, type Socket, Subscriber } from "zeromq";
import { parseJson } from "../../../document/json/exact-json.js";
import { addressOf, type Connection } from "../../../jupyter/connection.js";
import { clientEncryption } from "../../../jupyter/encryption.js";
import type { JsonObject } from "../../../jupyter/json-object.js";
import type { Channel, Message } from "../../../jupyter/message.js";
import { Session } from "../../../jupyter/session.js";

/** A message with the channel it travels on. */
export interface ChannelMessage extends Message {
  channel: Channel;
}

const probeInterval = 500;
// Sockets that the kernel has not bound yet are tried again after one to two of these.
const reconnectInterval = 5;

/**
 * The four ZeroMQ sockets of a client of one kernel. Nothing is dropped: no high-water marks, no size limit, and a
 * send never waits.
 */
export class KernelChannels {
  /** Called with every message of the kernel, in the order of arrival per channel. */
  onmessage: (message: ChannelMessage) => void = () => {};

  #context = new Context({ blocky: false });
  #session: Session;
  #dealers: Record<Exclude<Channel, "iopub">, Dealer>;
  #iopub: Subscriber;
  #heard = new Set<Channel>();

  constructor(connection: Connection) {
    this.#session = new Session({ ...connection, username: "", parse: (text) => parseJson(text) });
    // The kernel answers on stdin whoever asked on shell, so all dealers share one identity.
    const routingId = randomUUID();
    const options = {
      context: this.#context,
      linger: 0,
      receiveHighWaterMark: 0,
      maxMessageSize: -1,
      reconnectInterval,
      ...clientEncryption(connection),
    };
    const dealer = () => new Dealer({ ...options, routingId, sendHighWaterMark: 0, sendTimeout: 0 });
    this.#dealers = { shell: dealer(), control: dealer(), stdin: dealer() };
    this.#iopub = new Subscriber(options);
    this.#iopub.subscribe();
    const { shell, control, stdin } = this.#dealers;
    const sockets: [Channel, Dealer | Subscriber][] = [
      ["shell", shell],
      ["control", control],
      ["stdin", stdin],
      ["iopub", this.#iopub],
    ];
    for (const [channel, socket] of sockets) {
      socket.connect(addressOf(connection, channel));
      void this.#receive(channel, socket);
    }
  }

  /**
   * Resolves when the kernel answers on shell and its broadcasts arrive. A subscription takes a moment to reach the
   * kernel, and what the kernel publishes before is lost; so the question is asked again until both were heard.
   */
  async ready(signal: AbortSignal): Promise<void> {
    while (!(this.#heard.has("shell") && this.#heard.has("iopub"))) {
      signal.throwIfAborted();
      this.request("shell", "kernel_info_request", {});
      await this.#nextNews(signal);
    }
  }

  /** Sends a request of the client itself. */
  request(channel: Exclude<Channel, "iopub">, type: string, content: JsonObject): void {
    this.send({ channel, ...this.#session.message(type, content) });
  }

  send({ channel, ...message }: ChannelMessage): void {
    if (channel === "iopub") {
      throw new TypeError("A client does not send on iopub");
    }
    const dealer = this.#dealers[channel];
    if (!dealer.closed) {
      dealer.send(this.#session.encode(message)).catch(() => {});
    }
  }

  close(): void {
    for (const socket of [...Object.values(this.#dealers), this.#iopub]) {
      socket.close();
    }
  }

  #news: () => void = () => {};

  /** Waits until a channel is heard for the first time, the probe should be repeated, or `signal` aborts. */
  #nextNews(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#news = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", this.#news);
        resolve();
      };
      const timer = setTimeout(this.#news, probeInterval);
      signal.addEventListener("abort", this.#news, { once: true });
    });
  }

  async #receive(channel: Channel, socket: Socket & AsyncIterable<Buffer[]>): Promise<void> {
    for await (const frames of socket) {
      const message = this.#session.decode(frames);
      if (!message) {
        continue;
      }
      if (!this.#heard.has(channel)) {
        this.#heard.add(channel);
        this.#news();
      }
      try {
        this.onmessage({ ...message, channel });
      } catch {
        // A listener that failed must not stop what follows.
      }
    }
  }
}
