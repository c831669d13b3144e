import { StringDecoder } from "node:string_decoder";
import type { OutputChunk, OutputReader, StreamName } from "../shared/output-channel.js";
import { flag } from "../shared/thread-flags.js";
import type { CellRequests } from "./channels/cell-requests.js";
import type { Publisher } from "./channels/publisher.js";
import { ChildPipes } from "./child-pipes.js";

/** Text is shown after at most this many milliseconds, and in at most so many messages a second. */
const interval = 50;
const largestChunk = 1 << 16;
const largestBacklog = 8 << 20;

/** Turns what cells print into few `stream` messages. */
export class OutputPump {
  readonly #reader: OutputReader;
  readonly #publisher: Publisher;
  readonly #requests: CellRequests;
  readonly #flags: Int32Array;
  readonly #decoders = new Map<string, StringDecoder>();
  readonly #children: ChildPipes;
  #fromChildren: OutputChunk[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastTime = 0;
  #passed = 0;

  constructor(reader: OutputReader, publisher: Publisher, requests: CellRequests, flags: Int32Array) {
    this.#reader = reader;
    this.#publisher = publisher;
    this.#requests = requests;
    this.#flags = flags;
    this.#children = new ChildPipes(
      (chunk) => {
        this.#addFromChild(chunk);
        this.notify();
      },
      () => this.#isBehind,
    );
  }

  /** Shows what child processes of the cell write to the pipe. */
  openPipe(cell: number, stream: StreamName, descriptor: number): void {
    this.#children.open(cell, stream, descriptor);
  }

  closePipes(cell: number): void {
    this.#children.close(cell);
  }

  /** Says that there may be something to read. */
  notify(): void {
    const wait = this.#reader.fill > 0.5 ? 0 : this.#lastTime + interval - performance.now();
    if (wait <= 0 && !this.#isBehind) {
      this.#drainAll();
    } else {
      this.#timer ??= setTimeout(
        () => {
          this.#timer = undefined;
          this.notify();
        },
        Math.max(wait, 5),
      );
    }
  }

  /** Publishes what was printed before `position`, and what child processes have written. */
  drain(position: number): void {
    if (this.#publisher.isHeard) {
      this.#publishAll(this.#reader.take(position));
    } else if (this.#reader.skip(position)) {
      this.#publisher.noteUnheard();
    }
    this.#children.drain();
    this.#publishAll(this.#fromChildren.splice(0));
  }

  /** Adds it to the chunk before, where that is of the same cell and stream and not large. */
  #addFromChild(chunk: OutputChunk): void {
    const last = this.#fromChildren.at(-1);
    if (last?.cell === chunk.cell && last.stream === chunk.stream && last.data.length < largestChunk) {
      last.data = Buffer.concat([last.data, chunk.data]);
    } else {
      this.#fromChildren.push(chunk);
    }
  }

  #publishAll(chunks: OutputChunk[]): void {
    for (const { cell, stream, data } of chunks) {
      this.#lastTime = performance.now();
      this.#publish(cell, stream, this.#decoder(cell, stream).write(data));
    }
  }

  /** Says that the messages of the main thread up to this one have been obeyed. */
  passed(count: number): void {
    this.#passed = count | 0;
  }

  /** Publishes everything, unless a message is on its way that has its place in between; that one notifies again. */
  #drainAll(): void {
    this.#reader.rearm();
    const { position } = this.#reader;
    if (Atomics.load(this.#flags, flag.posted) === this.#passed) {
      this.drain(position);
    }
  }

  /** Publishes what is left of characters that a finished cell began. */
  finish(cell: number): void {
    for (const stream of ["stdout", "stderr"] as const) {
      const key = `${cell} ${stream}`;
      this.#publish(cell, stream, this.#decoders.get(key)?.end() ?? "");
      this.#decoders.delete(key);
    }
  }

  get #isBehind(): boolean {
    return this.#publisher.outbox.backlog > largestBacklog;
  }

  #decoder(cell: number, stream: StreamName): StringDecoder {
    const key = `${cell} ${stream}`;
    const decoder = this.#decoders.get(key) ?? new StringDecoder("utf8");
    this.#decoders.set(key, decoder);
    return decoder;
  }

  #publish(cell: number, name: StreamName, text: string): void {
    if (text !== "") {
      this.#publisher.publish(this.#requests.of(cell)?.header, "stream", { name, text });
    }
  }
}
