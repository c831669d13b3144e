import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** What Jupyter's connection file holds. */
export interface ConnectionInfo {
  transport: "tcp" | "ipc";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: "hmac-sha256";
  kernel_name: string;
}

/** A connection file in a folder of its own, which only this user can read and which also holds ipc sockets. */
export class ConnectionFile {
  static async create(kernelName: string, transport: "tcp" | "ipc"): Promise<ConnectionFile> {
    const dir = await mkdtemp(path.join(tmpdir(), "poolbook-"));
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] =
      transport === "ipc" ? [1, 2, 3, 4, 5] : await freePorts();
    const info: ConnectionInfo = {
      transport,
      ip: transport === "ipc" ? path.join(dir, "kernel") : "127.0.0.1",
      shell_port,
      iopub_port,
      stdin_port,
      control_port,
      hb_port,
      key: randomUUID(),
      signature_scheme: "hmac-sha256",
      kernel_name: kernelName,
    };
    const file = new ConnectionFile(path.join(dir, "connection.json"), info);
    await writeFile(file.path, JSON.stringify(info), { mode: 0o600 });
    return file;
  }

  private constructor(
    readonly path: string,
    readonly info: ConnectionInfo,
  ) {}

  /** Synchronous, since it is also called while the process exits. */
  remove(): void {
    rmSync(path.dirname(this.path), { recursive: true, force: true });
  }
}

type FivePorts = [number, number, number, number, number];

const usedPorts = new Set<number>();

/** Five TCP ports that were free a moment ago and that this process has not given away before. */
async function freePorts(): Promise<FivePorts> {
  const servers: Server[] = [];
  const ports: number[] = [];
  while (ports.length < 5) {
    const { server, port } = await listen();
    servers.push(server);
    if (!usedPorts.has(port)) {
      ports.push(port);
    }
    usedPorts.add(port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports as FivePorts;
}

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve({ server, port: (server.address() as { port: number }).port });
    });
  });
}
