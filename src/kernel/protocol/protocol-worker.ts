import { parentPort, workerData } from "node:worker_threads";
import type { RoutedMessage } from "../../jupyter/message.js";
import { Session } from "../../jupyter/session.js";
import { ChildSlots } from "../shared/child-slots.js";
import { OutputReader } from "../shared/output-channel.js";
import { flag } from "../shared/thread-flags.js";
import { broken, type FromMain, type ProtocolData } from "../shared/thread-messages.js";
import { CellRequests } from "./channels/cell-requests.js";
import { Outbox } from "./channels/outbox.js";
import { Publisher } from "./channels/publisher.js";
import { RequestChannel } from "./channels/request-channel.js";
import { bindSockets, createSockets, echoHeartbeats } from "./channels/sockets.js";
import { Stdin } from "./channels/stdin.js";
import { Checking, languageRequest } from "./checking.js";
import { CommTable } from "./comm-table.js";
import { DebugRequests } from "./debugging/debug-requests.js";
import { History } from "./history/history.js";
import { keptHistory } from "./history/kept-history.js";
import { IdleMemory } from "./idle-memory.js";
import { knownSession } from "./inspection/known-session.js";
import { MainThreadInspector } from "./inspection/main-thread-inspector.js";
import { Variables } from "./inspection/variables.js";
import { localRequests } from "./local-requests.js";
import { MainThread } from "./main-thread.js";
import { MainThreadInbox } from "./main-thread-inbox.js";
import { OutputPump } from "./output-pump.js";
import { watchParent } from "./processes/parent-watch.js";
import { onSignals } from "./processes/signals.js";
import { endChildren, terminate } from "./processes/termination.js";
import { Shells } from "./shells.js";

// The thread that owns the sockets. It ends when the process does.

/** Milliseconds until a process that is broken ends, in which the cell's reply goes out. */
const timeToReply = 200;

if (!parentPort) {
  throw new Error("Expected to be a worker thread");
}
const data: ProtocolData = workerData;
const flags = new Int32Array(data.flags);
const children = new ChildSlots(data.children);
const session = new Session({ ...data.connection, username: "kernel" });
const sockets = createSockets(data.connection);
const shellChannel = new RequestChannel(sockets.shell, session);
const controlChannel = new RequestChannel(sockets.control, session);
const publisher = new Publisher(sockets.iopub, session);
const stdin = new Stdin(session, new Outbox(sockets.stdin), {
  flags,
  port: data.inputPort,
  send: (answer) => main.answerInput(answer),
});
const requests = new CellRequests();
const pump = new OutputPump(new OutputReader(data.output), publisher, requests, flags);
const main = new MainThread(parentPort, flags, (tasks) => {
  for (const task of tasks) {
    publisher.publish(requests.of(task)?.header, "error", { ...broken });
  }
  setTimeout(() => void end(), timeToReply);
});
const history = new History(keptHistory(process.env));
const comms = new CommTable();
const checking = new Checking({
  directory: process.cwd(),
  javascript: data.language === "javascript",
  settings: data.settings,
});

const inspector = new MainThreadInspector();
const debug = new DebugRequests({
  variables: new Variables(inspector),
  fileExtension: data.language === "javascript" ? ".js" : ".ts",
  show: (name) => shells.show(name),
});

let isEnding = false;
async function end(): Promise<void> {
  if (!isEnding) {
    isEnding = true;
    await new Promise((resolve) => setImmediate(resolve));
    await terminate(children, { exit: () => main.exit(0), interrupt: () => main.interrupt() });
  }
}

/** Ends what the main thread does. What was printed may have lost its announcement. */
async function interrupt(): Promise<void> {
  await main.interrupt();
  pump.notify();
}

const local = localRequests({
  data,
  comms,
  history,
  interrupt: () => void interrupt(),
  end: () => void end(),
});
const reply = shellChannel.reply.bind(shellChannel);
const shells = new Shells({
  main,
  publisher,
  pump,
  history,
  comms,
  requests,
  local,
  idleMemory: new IdleMemory(main, inspector),
  reply,
  answerElsewhere: async (question) => {
    const withSources = question.kind === "inspect" && question.withSource;
    const known = await knownSession(inspector, withSources);
    return checking.askAboutText(question, known);
  },
});

async function handleControl(message: RoutedMessage): Promise<void> {
  if (message.header.msg_type === languageRequest) {
    // No status goes with it: it would say that a running cell has ended.
    controlChannel.reply(message, await checking.ask(message.content));
    return;
  }
  publisher.status(message.header, "busy");
  const content =
    message.header.msg_type === "debug_request"
      ? await debug.reply(message.content)
      : (shells.answer(message) ?? (await local(message)));
  if (content) {
    controlChannel.reply(message, content);
  }
  publisher.status(message.header, "idle");
}

/** The loops that end when the sockets are closed. */
const readers: Promise<void>[] = [];

async function drain(): Promise<void> {
  inspector.close();
  const outboxes = [publisher.outbox, shellChannel.outbox];
  await Promise.all([
    ...outboxes.map((outbox) => outbox.flushed()),
    history.flushed(),
    endChildren(children),
  ]);
  await controlChannel.outbox.flushed();
  for (const socket of Object.values(sockets)) {
    socket.close();
  }
  // Node must not end this thread while ZeroMQ tells the readers, at which it would abort the process.
  await Promise.allSettled(readers);
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.add(flags, flag.drained, 1);
  Atomics.notify(flags, flag.drained);
}

const inbox = new MainThreadInbox({
  flags,
  main,
  pump,
  publisher,
  requests,
  history,
  comms,
  stdin,
  drain: () => void drain(),
});
parentPort.on("message", (message: FromMain) => inbox.receive(message));
// A thread that ended by an error would take its open sockets with it, at which ZeroMQ aborts the process.
process.on("uncaughtException", (error) => main.fail(error));
onSignals({ SIGTERM: () => void end(), SIGINT: () => void interrupt() });
watchParent(() => void end());
try {
  await bindSockets(sockets, data.connection);
  // ZeroMQ refuses to read from a socket that is being bound.
  readers.push(
    shellChannel.listen((message) => shells.enqueue(message)),
    controlChannel.listen((message) => void handleControl(message)),
    stdin.listen(sockets.stdin),
    echoHeartbeats(sockets.heartbeat),
    publisher.welcomeSubscribers(),
  );
  publisher.status(undefined, "starting");
} catch (error) {
  main.fail(error);
}
