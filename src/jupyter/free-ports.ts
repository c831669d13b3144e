import { createServer, type Server } from "node:net";

export type FivePorts = [number, number, number, number, number];

const usedPorts = new Set<number>();

/** Five TCP ports that were free a moment ago and that this process has not given away before. */
export async function freePorts(): Promise<FivePorts> {
  const servers: Server[] = [];
  const next = async () => {
    for (;;) {
      const { server, port } = await listen();
      servers.push(server);
      if (!usedPorts.has(port)) {
        usedPorts.add(port);
        return port;
      }
    }
  };
  const ports: FivePorts = [await next(), await next(), await next(), await next(), await next()];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") {
        reject(new Error(`Expected the address of a TCP server, got ${address}`));
      } else {
        resolve({ server, port: address.port });
      }
    });
  });
}
