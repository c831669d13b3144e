import { connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy whose connections can be cut, as a bad network does. */
export class FlakyProxy {
  static async start(target: URL): Promise<FlakyProxy> {
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      const upstream = connect(Number(target.port), target.hostname);
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FlakyProxy(server, sockets);
  }

  private constructor(
    readonly server: Server,
    readonly sockets: Set<Socket>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}/`;
  }

  cut(): void {
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }

  stop(): void {
    this.server.close();
    this.cut();
  }
}
