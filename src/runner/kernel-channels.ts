import { randomUUID } from "node:crypto";
import { Context, Dealer, type Socket, Subscriber } from "zeromq";
import type { ConnectionInfo } from "./connection-file.js";
import { type Channel, decodeMessage, encodeMessage, type Message } from "./wire.js";

const probeInterval = 500;

/**
 * The four ZeroMQ sockets of a client of one kernel. Nothing is dropped: no high-water marks, no size limit, and a
 * send never waits.
 */
export class KernelChannels {
  /** Called with every message of the kernel, in the order of arrival per channel. */
  onmessage: (message: Message) => void = () => {};

  #context = new Context({ blocky: false });
  #key: string;
  #dealers: Record<Exclude<Channel, "iopub">, Dealer>;
  #iopub: Subscriber;
  #heard = new Set<Channel>();

  constructor(info: ConnectionInfo) {
    this.#key = info.key;
    // The kernel answers on stdin whoever asked on shell, so all dealers share one identity.
    const routingId = randomUUID();
    const options = { context: this.#context, linger: 0, receiveHighWaterMark: 0, maxMessageSize: -1 };
    const dealer = () =>
      new Dealer({ ...options, routingId, sendHighWaterMark: 0, sendTimeout: 0, reconnectInterval: 20 });
    this.#dealers = { shell: dealer(), control: dealer(), stdin: dealer() };
    this.#iopub = new Subscriber({ ...options, reconnectInterval: 20 });
    this.#iopub.subscribe();
    const sockets: [Channel, Dealer | Subscriber, number][] = [
      ["shell", this.#dealers.shell, info.shell_port],
      ["control", this.#dealers.control, info.control_port],
      ["stdin", this.#dealers.stdin, info.stdin_port],
      ["iopub", this.#iopub, info.iopub_port],
    ];
    for (const [channel, socket, port] of sockets) {
      socket.connect(`${info.transport}://${info.ip}${info.transport === "ipc" ? "-" : ":"}${port}`);
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
      this.send(kernelInfoRequest());
      await this.#nextNews(signal);
    }
  }

  send(message: Message): void {
    if (message.channel === "iopub") {
      throw new TypeError("A client does not send on iopub");
    }
    const dealer = this.#dealers[message.channel];
    if (!dealer.closed) {
      dealer.send(encodeMessage(message, this.#key)).catch(() => {});
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
      try {
        const message = decodeMessage(frames, channel, this.#key);
        if (!this.#heard.has(channel)) {
          this.#heard.add(channel);
          this.#news();
        }
        this.onmessage(message);
      } catch {
        // A message nobody can read, or a listener that failed, must not stop what follows.
      }
    }
  }
}

function kernelInfoRequest(): Message {
  return requestMessage("shell", "kernel_info_request", {});
}

export function requestMessage(
  channel: Channel,
  msg_type: string,
  content: Record<string, unknown>,
): Message {
  const header = {
    msg_id: randomUUID(),
    msg_type,
    username: "",
    session: randomUUID(),
    date: new Date().toISOString(),
    version: "5.3",
  };
  return { channel, header, parent_header: {}, metadata: {}, content, buffers: [] };
}
