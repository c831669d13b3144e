import { readSync } from "node:fs";
import { Socket } from "node:net";
import type { OutputChunk, StreamName } from "../shared/output-channel.js";

/** As much as a pipe holds. */
const chunkSize = 1 << 16;
const resumeDelay = 20;

interface Pipe {
  cell: number;
  stream: StreamName;
  descriptor: number;
  socket: Socket;
}

/** The pipes that child processes of cells write to. */
export class ChildPipes {
  readonly #receive: (chunk: OutputChunk) => void;
  /** True while no more output is to be taken. */
  readonly #isFull: () => boolean;
  readonly #pipes = new Set<Pipe>();

  constructor(receive: (chunk: OutputChunk) => void, isFull: () => boolean) {
    this.#receive = receive;
    this.#isFull = isFull;
  }

  open(cell: number, stream: StreamName, descriptor: number): void {
    const socket = new Socket({ fd: descriptor, readable: true, writable: false });
    const pipe = { cell, stream, descriptor, socket };
    this.#pipes.add(pipe);
    socket.on("data", (data) => {
      this.#receive({ cell, stream, data });
      this.#pauseWhileFull(socket);
    });
    socket.on("error", () => {});
    socket.on("close", () => this.#pipes.delete(pipe));
  }

  /** A child that writes to them from now on is told that nobody reads. */
  close(cell: number): void {
    for (const pipe of this.#pipes) {
      if (pipe.cell === cell) {
        pipe.socket.destroy();
      }
    }
  }

  /** Takes at once what has been written so far. */
  drain(): void {
    for (const pipe of this.#pipes) {
      this.#drain(pipe);
    }
  }

  #drain({ cell, stream, descriptor, socket }: Pipe): void {
    for (let size = 0; size < chunkSize && !socket.destroyed; ) {
      const data = Buffer.allocUnsafe(chunkSize);
      try {
        const length = readSync(descriptor, data, 0, chunkSize, null);
        if (length === 0) {
          return;
        }
        size += length;
        this.#receive({ cell, stream, data: data.subarray(0, length) });
      } catch {
        // There is nothing to read now.
        return;
      }
    }
  }

  #pauseWhileFull(socket: Socket): void {
    if (this.#isFull()) {
      socket.pause();
      setTimeout(() => {
        socket.resume();
        this.#pauseWhileFull(socket);
      }, resumeDelay);
    }
  }
}
