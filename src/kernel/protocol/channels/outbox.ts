import { setTimeout as delay } from "node:timers/promises";

interface Sender {
  send(frames: Buffer[]): Promise<void>;
  noDrop?: boolean;
}

interface Waiting {
  frames: Buffer[];
  bytes: number;
  sent?: () => void;
}

const retryDelay = 5;
const patience = 30_000;

/**
 * Sends messages one after another. A reader that is slow makes them wait; when it has taken nothing for half a
 * minute, it loses messages instead, so that the other readers go on.
 */
export class Outbox {
  readonly #socket: Sender;
  #queue: Waiting[] = [];
  #isSending = false;
  #bytes = 0;
  #idle: (() => void)[] = [];

  /** `socket` answers EAGAIN (its sendTimeout is 0) instead of waiting. */
  constructor(socket: Sender) {
    this.#socket = socket;
  }

  /** Bytes that the socket has not yet taken. */
  get backlog(): number {
    return this.#bytes;
  }

  push(frames: Buffer[], sent?: () => void): void {
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
    this.#queue.push({ frames, bytes, sent });
    this.#bytes += bytes;
    if (!this.#isSending) {
      this.#isSending = true;
      void this.#sendAll();
    }
  }

  /** Resolves when everything pushed so far has been taken by the socket. */
  flushed(): Promise<void> {
    return this.#isSending ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async #sendAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const { frames, bytes, sent } of batch) {
        await this.#send(frames);
        this.#bytes -= bytes;
        sent?.();
      }
    }
    this.#isSending = false;
    for (const resolve of this.#idle.splice(0)) {
      resolve();
    }
  }

  async #send(frames: Buffer[]): Promise<void> {
    const giveUp = Date.now() + patience;
    for (;;) {
      try {
        await this.#socket.send(frames);
        this.#setNoDrop(true);
        return;
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) {
          return;
        }
        if (Date.now() > giveUp) {
          this.#setNoDrop(false);
        }
        await delay(retryDelay);
      }
    }
  }

  #setNoDrop(value: boolean): void {
    if (this.#socket.noDrop === !value) {
      this.#socket.noDrop = value;
    }
  }
}
