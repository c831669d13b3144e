import { parentPort, workerData } from "node:worker_threads";
import type { Router } from "zeromq";
import type { JsonObject } from "../../jupyter/json.js";
import type { RoutedMessage } from "../../jupyter/message.js";
import { Session } from "../../jupyter/session.js";
import { flag } from "../shared/flags.js";
import type { FromMain, Ordered, ProtocolData } from "../shared/messages.js";
import { OutputReader } from "../shared/output-channel.js";
import { History } from "./history.js";
import { kernelInfo } from "./kernel-info.js";
import { MainThread } from "./main-thread.js";
import { Outbox } from "./outbox.js";
import { OutputPump } from "./output-pump.js";
import { watchParent } from "./parent-watch.js";
import { Publisher } from "./publisher.js";
import { type LocalHandlers, Shell } from "./shell.js";
import { bindSockets, createSockets, echoHeartbeats } from "./sockets.js";
import { Stdin } from "./stdin.js";
import { endChildren, onTerminationSignal, terminate } from "./termination.js";

// The thread that owns the sockets. It ends when the process does.

if (!parentPort) {
  throw new Error("Expected to be a worker thread");
}
const port = parentPort;
const data = workerData as ProtocolData;
const flags = new Int32Array(data.flags);
const { connection } = data;

const session = new Session({ ...connection, username: "kernel" });
const sockets = createSockets();
const shellOutbox = new Outbox(sockets.shell);
const controlOutbox = new Outbox(sockets.control);
const publisher = new Publisher(sockets.iopub, session);
let handled = 0;
const pump = new OutputPump(
  new OutputReader(data.output),
  publisher,
  (cell) => shell.requestOf(cell)?.header,
  () => Atomics.load(flags, flag.posted) !== handled,
);
const main = new MainThread(port, flags);
const history = new History();
const stdin = new Stdin(session, new Outbox(sockets.stdin), flags, data.inputPort);

function replyOn(outbox: Outbox): (message: RoutedMessage, content: JsonObject) => void {
  return ({ routing, header }, content) => {
    const type = header.msg_type.replace(/_request$/, "_reply");
    outbox.push(session.encode(session.message(type, content, header), routing));
  };
}

const local: LocalHandlers = {
  kernel_info_request: () => kernelInfo(data),
  history_request: ({ content }) => history.reply(content),
  comm_info_request: () => ({ status: "ok", comms: {} }),
  connect_request: () => ({
    status: "ok",
    shell_port: connection.shell_port,
    iopub_port: connection.iopub_port,
    stdin_port: connection.stdin_port,
    control_port: connection.control_port,
    hb_port: connection.hb_port,
  }),
  comm_open: ({ header, content }) => {
    publisher.publish(header, "comm_close", { comm_id: content.comm_id, data: {} });
    return undefined;
  },
  interrupt_request: () => {
    // What was printed may have lost its announcement.
    void main.interrupt().then(() => pump.notify());
    return { status: "ok" };
  },
  shutdown_request: ({ content }) => {
    void end();
    return { status: "ok", restart: content.restart === true };
  },
};

const shell = new Shell({ main, publisher, pump, history, local, reply: replyOn(shellOutbox) });

/** What ends when the sockets are closed. */
const readers: Promise<void>[] = [];

let isEnding = false;
async function end(): Promise<void> {
  if (!isEnding) {
    isEnding = true;
    await new Promise((resolve) => setImmediate(resolve));
    await terminate(() => main.exit(0));
  }
}

async function listen(socket: Router, handle: (message: RoutedMessage) => void): Promise<void> {
  for await (const frames of socket) {
    const message = session.decode(frames);
    if (message) {
      handle(message);
    }
  }
}

function handleControl(message: RoutedMessage): void {
  publisher.status(message.header, "busy");
  const content = local[message.header.msg_type]?.(message);
  if (content) {
    replyOn(controlOutbox)(message, content);
  }
  publisher.status(message.header, "idle");
}

function sent(): void {
  Atomics.sub(flags, flag.pending, 1);
  Atomics.notify(flags, flag.pending);
}

async function drain(): Promise<void> {
  await Promise.all([publisher.outbox.flushed(), shellOutbox.flushed(), endChildren()]);
  await Promise.all([controlOutbox.flushed()]);
  for (const socket of Object.values(sockets)) {
    socket.close();
  }
  // Node must not end this thread while ZeroMQ tells the readers, at which it would abort the process.
  await Promise.allSettled(readers);
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.add(flags, flag.drained, 1);
  Atomics.notify(flags, flag.drained);
}

port.on("message", (message: FromMain) => {
  if (message.type === "output") {
    pump.notify();
    return;
  }
  pump.drain(message.after);
  handle(message);
  handled = message.count | 0;
  pump.notify();
});

function handle(message: Ordered): void {
  switch (message.type) {
    case "publish": {
      const parent = shell.requestOf(message.cell)?.header;
      const { executionCount, text } = resultOf(message.content);
      if (message.messageType === "execute_result") {
        history.setOutput(executionCount, text);
      }
      publisher.publish(parent, message.messageType, message.content, sent);
      break;
    }
    case "reply":
      main.reply(message.id, message.content);
      break;
    case "input": {
      const request = shell.requestOf(message.cell);
      if (request) {
        stdin.ask(request, message.prompt, message.password);
      } else {
        stdin.answer(null);
      }
      break;
    }
    case "drain":
      void drain();
  }
}

function resultOf(content: JsonObject): { executionCount: number; text: string } {
  const data = content.data as JsonObject | undefined;
  return { executionCount: Number(content.execution_count), text: String(data?.["text/plain"] ?? "") };
}

// A thread that ended by an error would take its open sockets with it, at which ZeroMQ aborts the process.
process.on("uncaughtException", (error) => main.fail(error));
onTerminationSignal(() => void end());
watchParent(() => void end());
try {
  await bindSockets(sockets, connection);
  // ZeroMQ refuses to read from a socket that is being bound.
  readers.push(
    listen(sockets.shell, (message) => shell.enqueue(message)),
    listen(sockets.control, handleControl),
    stdin.listen(sockets.stdin),
    echoHeartbeats(sockets.heartbeat),
    publisher.welcomeSubscribers(),
  );
  publisher.status(undefined, "starting");
} catch (error) {
  main.fail(error);
}
