import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy that can stop, as a network does that is cut: connections stay open, and nothing comes through. */
export class StoppingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isStopped = false;

  private constructor(target: number) {
    this.#server = createServer((client) => this.#accept(client, connect(target, "127.0.0.1")));
  }

  static async start(target: number): Promise<StoppingProxy> {
    const proxy = new StoppingProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#isStopped = true;
    for (const socket of this.#sockets) {
      socket.pause();
    }
  }

  goOn(): void {
    this.#isStopped = false;
    for (const socket of this.#sockets) {
      socket.resume();
    }
  }

  end(): void {
    this.#server.close();
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  #accept(client: Socket, upstream: Socket): void {
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(from);
      from.on("data", (bytes) => to.write(bytes));
      from.on("error", () => {});
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#isStopped) {
        from.pause();
      }
    }
  }
}
