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
  readonly #onLoss: (messages: number) => void;
  #bytes = 0;
  #lost = 0;
  #idle: (() => void)[] = [];

  /** `socket` answers EAGAIN (its sendTimeout is 0) instead of waiting. `onLoss` is told when the reader reads again. */
  constructor(socket: Sender, onLoss: (messages: number) => void = () => {}) {
    this.#socket = socket;
    this.#onLoss = onLoss;
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
    const giveUp = Date.now() + (this.#lost > 0 ? 0 : patience);
    for (;;) {
      try {
        await this.#socket.send(frames);
        this.#reportLoss();
        return;
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) {
          return;
        }
        if (this.#socket.noDrop && Date.now() >= giveUp) {
          await this.#sendToOthers(frames);
          return;
        }
        await delay(retryDelay);
      }
    }
  }

  /** Sends to those that read; the others lose the message. */
  async #sendToOthers(frames: Buffer[]): Promise<void> {
    this.#lost++;
    this.#socket.noDrop = false;
    try {
      await this.#socket.send(frames);
    } catch {
      // There are no others.
    } finally {
      this.#socket.noDrop = true;
    }
  }

  #reportLoss(): void {
    const lost = this.#lost;
    if (lost > 0) {
      this.#lost = 0;
      this.#onLoss(lost);
    }
  }
}
