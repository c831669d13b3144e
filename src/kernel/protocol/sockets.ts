import { context, Reply, Router, type Socket, XPublisher } from "zeromq";
import type { Connection } from "../shared/messages.js";

/** Messages, of 64 KB at most, that ZeroMQ holds for one slow reader before senders have to wait. */
const iopubHighWaterMark = 250;
const linger = 1000;

export interface Sockets {
  shell: Router;
  control: Router;
  stdin: Router;
  iopub: XPublisher;
  heartbeat: Reply;
}

export function createSockets(): Sockets {
  context.blocky = false;
  // A send that may not wait is done at once; otherwise zeromq delays one in 512 and refuses those issued meanwhile.
  const options = { sendTimeout: 0, linger, maxMessageSize: -1, receiveHighWaterMark: 0 };
  const lossless = { ...options, sendHighWaterMark: 0 };
  return {
    shell: new Router(lossless),
    control: new Router(lossless),
    stdin: new Router(lossless),
    iopub: new XPublisher({
      ...options,
      sendHighWaterMark: iopubHighWaterMark,
      noDrop: true,
      verbosity: "allSubs",
    }),
    heartbeat: new Reply(lossless),
  };
}

export function address({ transport, ip }: Connection, port: number): string {
  return transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
}

/** Rejects with the first failure, when no socket is about to be bound any more. */
export async function bindSockets(sockets: Sockets, connection: Connection): Promise<void> {
  const ports: [Socket & { bind(address: string): Promise<void> }, number][] = [
    [sockets.shell, connection.shell_port],
    [sockets.control, connection.control_port],
    [sockets.stdin, connection.stdin_port],
    [sockets.iopub, connection.iopub_port],
    [sockets.heartbeat, connection.hb_port],
  ];
  const bound = await Promise.allSettled(
    ports.map(([socket, port]) => socket.bind(address(connection, port))),
  );
  const failed = bound.find((result) => result.status === "rejected");
  if (failed) {
    throw failed.reason;
  }
}

export async function echoHeartbeats(socket: Reply): Promise<void> {
  for await (const frames of socket) {
    await socket.send(frames);
  }
}
