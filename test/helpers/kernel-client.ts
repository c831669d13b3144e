import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, type Socket, Subscriber } from "zeromq";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { freePorts } from "./free-ports.js";
import { decodeMessage, encodeMessage, type JupyterMessage } from "./jupyter-message.js";

export type Channel = "shell" | "control" | "stdin";

export interface KernelClientOptions {
  transport?: "ipc" | "tcp";
  key?: string;
  javascript?: boolean;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

export interface Exchange {
  reply: JupyterMessage;
  /** What came on IOPub for the request, from busy to idle. */
  iopub: JupyterMessage[];
}

const patience = 30_000;

/** A kernel process and a front end that speaks to it over ZeroMQ. */
export class KernelClient extends EventEmitter {
  readonly process: ChildProcess;
  readonly connectionFile: string;
  readonly session = randomUUID();
  readonly iopub: JupyterMessage[] = [];
  readonly #folder: string;
  readonly #key: string;
  readonly #connection: Connection;
  readonly #sockets: Record<Channel, Dealer> & { iopub: Subscriber };
  #log = "";

  private constructor(process: ChildProcess, folder: string, connection: Connection, routingId: string) {
    super();
    this.setMaxListeners(0);
    this.process = process.setMaxListeners(0);
    this.#folder = folder;
    this.connectionFile = connection.path;
    this.#key = connection.key;
    this.#connection = connection;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (data) => {
        this.#log += data;
      });
    }
    this.#sockets = connectSockets(connection, routingId);
    for (const channel of ["shell", "control", "stdin"] as const) {
      void this.#listen(this.#sockets[channel], channel);
    }
    void this.#listen(this.#sockets.iopub, "iopub");
  }

  /** Starts a kernel and waits until it answers. */
  static async start(options: KernelClientOptions = {}): Promise<KernelClient> {
    const client = await KernelClient.spawn(options);
    await client.ready();
    return client;
  }

  /** Starts a kernel process and waits for nothing. */
  static async spawn({ transport = "ipc", key = "secret", javascript, cwd, env }: KernelClientOptions = {}) {
    const folder = await mkdtemp(join(tmpdir(), "kernel-"));
    const connection = await writeConnectionFile(folder, transport, key);
    const [command = "", ...args] = kernelspec({ javascript }).argv;
    const child = spawn(
      command,
      args.map((argument) => argument.replace("{connection_file}", connection.path)),
      { cwd: cwd ?? folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
    );
    return new KernelClient(child, folder, connection, randomUUID());
  }

  /** A second front end of the same kernel would have its own session; this one only has its own socket identity. */
  async ready(): Promise<void> {
    await this.waitFor(({ header }) => header.msg_type === "iopub_welcome");
    await this.request("kernel_info_request", {});
  }

  /** Where a further socket can be connected. */
  address(channel: "iopub" | "heartbeat"): string {
    const [, , , iopub = 0, heartbeat = 0] = this.#connection.ports;
    return this.#connection.address(channel === "iopub" ? iopub : heartbeat);
  }

  get hasExited(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** What the kernel process itself has printed. */
  get log(): string {
    return this.#log;
  }

  send(type: string, content: object, channel: Channel = "shell", key = this.#key): string {
    const { id, frames } = encodeMessage(type, content, { session: this.session, key });
    void this.#sockets[channel].send(frames);
    return id;
  }

  /** Sends a request and waits for its reply and its idle. */
  async request(type: string, content: object, channel: Channel = "shell"): Promise<Exchange> {
    return this.exchange(this.send(type, content, channel), channel);
  }

  async exchange(id: string, channel: Channel = "shell"): Promise<Exchange> {
    const [reply] = await Promise.all([
      this.waitFor((message) => message.parent_header.msg_id === id, channel),
      this.waitFor((message) => isIdle(message) && message.parent_header.msg_id === id),
    ]);
    return { reply, iopub: this.iopub.filter((message) => message.parent_header.msg_id === id) };
  }

  /** Runs a cell. */
  async execute(code: string, options: object = {}): Promise<Exchange & Outputs> {
    const exchange = await this.request("execute_request", executeContent(code, options));
    return { ...exchange, ...outputsOf(exchange.iopub) };
  }

  /** Sends a cell and does not wait. */
  submit(code: string, options: object = {}): string {
    return this.send("execute_request", executeContent(code, options));
  }

  /** The next message, or one that has come on IOPub, that fits. */
  waitFor(
    fits: (message: JupyterMessage) => boolean,
    channel: Channel | "iopub" = "iopub",
  ): Promise<JupyterMessage> {
    const earlier = channel === "iopub" ? this.iopub.find(fits) : undefined;
    if (earlier) {
      return Promise.resolve(earlier);
    }
    if (this.hasExited) {
      return Promise.reject(new Error(`The kernel has ended. Its log: ${this.#log}`));
    }
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.off(channel, check);
        this.process.off("exit", died);
      };
      const check = (message: JupyterMessage) => {
        if (fits(message)) {
          stop();
          resolve(message);
        }
      };
      const died = () => setTimeout(fail, 1000, "the kernel ended");
      const fail = (reason: string) => {
        stop();
        reject(new Error(`No message on ${channel}: ${reason}. Its log: ${this.#log}`));
      };
      const timer = setTimeout(fail, patience, "time is up");
      this.on(channel, check);
      this.process.once("exit", died);
    });
  }

  /** Resolves when the process has ended. */
  async exited(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    if (!this.hasExited) {
      await once(this.process, "exit");
    }
    return { code: this.process.exitCode, signal: this.process.signalCode };
  }

  async stop(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.exited();
    for (const socket of Object.values(this.#sockets)) {
      socket.close();
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #listen(socket: Dealer | Subscriber, channel: Channel | "iopub"): Promise<void> {
    for await (const frames of socket) {
      const message = decodeMessage(frames, this.#key);
      if (channel === "iopub") {
        this.iopub.push(message);
      }
      this.emit(channel, message);
    }
  }
}

interface Connection {
  path: string;
  key: string;
  address(port: number): string;
  ports: number[];
}

async function writeConnectionFile(folder: string, transport: string, key: string): Promise<Connection> {
  const isIpc = transport === "ipc";
  const ip = isIpc ? join(folder, "ipc") : "127.0.0.1";
  const ports = isIpc ? [1, 2, 3, 4, 5] : await freePorts(5);
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = ports;
  const path = join(folder, "connection.json");
  const fields = { shell_port, control_port, stdin_port, iopub_port, hb_port };
  const content = { transport, ip, key, signature_scheme: "hmac-sha256", ...fields };
  await writeFile(path, JSON.stringify(content));
  const address = (port: number) => (isIpc ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`);
  return { path, key, address, ports };
}

function connectSockets({ address, ports }: Connection, routingId: string) {
  const [shell = 0, control = 0, stdin = 0, iopub = 0] = ports;
  const dealer = () =>
    new Dealer({ routingId, linger: 0, sendTimeout: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  const sockets = {
    shell: dealer(),
    control: dealer(),
    stdin: dealer(),
    iopub: new Subscriber({ linger: 0, receiveHighWaterMark: 0 }),
  };
  sockets.iopub.subscribe();
  const pairs: [Socket & { connect(to: string): void }, number][] = [
    [sockets.shell, shell],
    [sockets.control, control],
    [sockets.stdin, stdin],
    [sockets.iopub, iopub],
  ];
  for (const [socket, port] of pairs) {
    socket.connect(address(port));
  }
  return sockets;
}

function executeContent(code: string, options: object): object {
  return {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
    ...options,
  };
}

export interface Outputs {
  stdout: string;
  stderr: string;
  /** `text/plain` of the execute_result. */
  result: string | undefined;
  types: string[];
}

export function outputsOf(iopub: JupyterMessage[]): Outputs {
  const text = (name: string) =>
    iopub
      .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
      .map(({ content }) => content.text)
      .join("");
  const result = iopub.find(({ header }) => header.msg_type === "execute_result");
  return {
    stdout: text("stdout"),
    stderr: text("stderr"),
    result: result?.content.data["text/plain"],
    types: iopub.map(({ header }) => header.msg_type),
  };
}

function isIdle({ header, content }: JupyterMessage): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}
