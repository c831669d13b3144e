import { capability, context, Reply, Router, XPublisher } from "zeromq";
import { addressOf, type Connection } from "../../../jupyter/connection.js";
import { serverEncryption } from "../../../jupyter/encryption.js";

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

export function createSockets(connection: Connection): Sockets {
  if (connection.encryption && !capability.curve) {
    throw new Error("The connection is to be encrypted, and zeromq is built without CurveZMQ here");
  }
  context.blocky = false;
  // A send that may not wait is done at once; otherwise zeromq delays one in 512 and refuses those issued meanwhile.
  const options = {
    sendTimeout: 0,
    linger,
    maxMessageSize: -1,
    receiveHighWaterMark: 0,
    ...serverEncryption(connection),
  };
  const lossless = { ...options, sendHighWaterMark: 0 };
  return {
    shell: new Router(lossless),
    control: new Router(lossless),
    stdin: new Router(lossless),
    iopub: new XPublisher({
      ...options,
      sendHighWaterMark: iopubHighWaterMark,
      noDrop: true,
      verbosity: "allSubsUnsubs",
    }),
    heartbeat: new Reply(lossless),
  };
}

/** Rejects with the first failure, when no socket is about to be bound any more. */
export async function bindSockets(sockets: Sockets, connection: Connection): Promise<void> {
  const bound = await Promise.allSettled([
    sockets.shell.bind(addressOf(connection, "shell")),
    sockets.control.bind(addressOf(connection, "control")),
    sockets.stdin.bind(addressOf(connection, "stdin")),
    sockets.iopub.bind(addressOf(connection, "iopub")),
    sockets.heartbeat.bind(addressOf(connection, "hb")),
  ]);
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
