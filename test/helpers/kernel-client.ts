import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import type { EncryptionKeys } from "#dist/jupyter/connection.js";
import { addressOf, type Connection } from "#dist/jupyter/connection.js";
import { clientEncryption } from "#dist/jupyter/encryption.js";
import type { JsonObject } from "#dist/jupyter/json-object.js";
import { NewConnectionFile } from "#dist/jupyter/new-connection-file.js";
import { Session } from "#dist/jupyter/session.js";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { decodeMessage, type JupyterMessage } from "./jupyter-message.js";

export type Channel = "shell" | "control" | "stdin";

export interface KernelClientOptions {
  transport?: "ipc" | "tcp";
  key?: string;
  /** Default: not encrypted. */
  encryption?: EncryptionKeys;
  javascript?: boolean;
  /** Changes the command line that the kernelspec gives. */
  withArgv?: (argv: string[]) => string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

export interface Exchange {
  reply: JupyterMessage;
  /** What came on IOPub for the request, from busy to idle. */
  iopub: JupyterMessage[];
}

/** Far more than any message takes, also on a machine with other work. */
const patience = 60_000;

/** A kernel process and a front end that speaks to it over ZeroMQ. */
export class KernelClient extends EventEmitter {
  readonly process: ChildProcess;
  readonly iopub: JupyterMessage[] = [];
  /** By the id of the request; one may come before anybody waits for it, as that of a cell before that of its interrupt. */
  readonly #replies = new Map<string, JupyterMessage>();
  readonly #folder: string;
  readonly #file: NewConnectionFile;
  readonly #session: Session;
  readonly #sockets: Record<Channel, Dealer> & { iopub: Subscriber };
  #log = "";

  private constructor(process: ChildProcess, folder: string, file: NewConnectionFile) {
    super();
    this.setMaxListeners(0);
    this.process = process.setMaxListeners(0);
    this.#folder = folder;
    this.#file = file;
    this.#session = clientSession(file.connection);
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (data) => {
        this.#log += data;
      });
    }
    this.#sockets = connectSockets(file.connection);
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
  static async spawn(options: KernelClientOptions = {}): Promise<KernelClient> {
    const {
      transport = "ipc",
      key = "secret",
      encryption,
      javascript,
      withArgv = (argv) => argv,
      cwd,
      env,
    } = options;
    const folder = await mkdtemp(join(tmpdir(), "kernel-"));
    const file = await NewConnectionFile.create({ kernelName: "tslab", transport, key, encryption });
    const [command = "", ...args] = withArgv(kernelspec({ javascript }).argv);
    const child = spawn(
      command,
      args.map((argument) => argument.replace("{connection_file}", file.path)),
      {
        cwd: cwd ?? folder,
        env: { ...process.env, POOLBOOK_HISTORY: "off", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return new KernelClient(child, folder, file);
  }

  /** A second front end of the same kernel would have its own session; this one only has its own socket identity. */
  async ready(): Promise<void> {
    await this.waitFor(({ header }) => header.msg_type === "iopub_welcome");
    await this.request("kernel_info_request", {});
  }

  /** Where a further socket can be connected. */
  address(channel: "iopub" | "hb"): string {
    return addressOf(this.#file.connection, channel);
  }

  /** The path of the connection file. */
  get connectionFile(): string {
    return this.#file.path;
  }

  get session(): string {
    return this.#session.id;
  }

  get hasExited(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** What the kernel process itself has printed. */
  get log(): string {
    return this.#log;
  }

  send(
    type: string,
    content: JsonObject,
    channel: Channel = "shell",
    {
      key,
      subshell,
      ...parts
    }: { key?: string; subshell?: string; metadata?: JsonObject; buffers?: Uint8Array[] } = {},
  ): string {
    const plain = this.#session.message(type, content);
    const header = { ...plain.header, ...(subshell !== undefined && { subshell_id: subshell }) };
    const message = { ...plain, header, ...parts };
    const signing = key === undefined ? this.#session : clientSession({ ...this.#file.connection, key });
    void this.#sockets[channel].send(signing.encode(message));
    return message.header.msg_id;
  }

  /** Sends a request and waits for its reply and its idle. */
  async request(type: string, content: JsonObject, channel: Channel = "shell"): Promise<Exchange> {
    return this.exchange(this.send(type, content, channel), channel);
  }

  async exchange(id: string, channel: Channel = "shell"): Promise<Exchange> {
    const [reply] = await Promise.all([
      this.#replies.get(id) ?? this.waitFor((message) => message.parent_header.msg_id === id, channel),
      this.waitFor((message) => isIdle(message) && message.parent_header.msg_id === id),
    ]);
    return { reply, iopub: this.iopub.filter((message) => message.parent_header.msg_id === id) };
  }

  /** Sends a message that gets no reply; what the kernel publishes until it is idle again. */
  async tell(
    type: string,
    content: JsonObject,
    parts: { metadata?: JsonObject; buffers?: Uint8Array[] } = {},
  ): Promise<JupyterMessage[]> {
    const id = this.send(type, content, "shell", parts);
    const isOfIt = ({ parent_header }: JupyterMessage) => parent_header.msg_id === id;
    await this.waitFor((message) => isOfIt(message) && isIdle(message));
    return this.iopub.filter(isOfIt);
  }

  /** Runs a cell. */
  async execute(code: string, options: object = {}): Promise<Exchange & Outputs> {
    const exchange = await this.request("execute_request", executeContent(code, options));
    return { ...exchange, ...outputsOf(exchange.iopub) };
  }

  /** Sends a cell and does not wait. */
  submit(code: string, options: object = {}, subshell?: string): string {
    return this.send("execute_request", executeContent(code, options), "shell", { subshell });
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

  /** Hears nothing more on IOPub. */
  stopListening(): void {
    this.#sockets.iopub.close();
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
    this.#file.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #listen(socket: Dealer | Subscriber, channel: Channel | "iopub"): Promise<void> {
    for await (const frames of socket) {
      const message = decodeMessage(frames, this.#session);
      if (channel === "iopub") {
        this.iopub.push(message);
      } else if (channel !== "stdin") {
        this.#replies.set(String(message.parent_header.msg_id), message);
      }
      this.emit(channel, message);
    }
  }
}

function clientSession(connection: Connection): Session {
  return new Session({ ...connection, username: "test" });
}

function connectSockets(connection: Connection) {
  const routingId = randomUUID();
  const encryption = clientEncryption(connection);
  const dealer = () =>
    new Dealer({
      routingId,
      linger: 0,
      sendTimeout: 0,
      sendHighWaterMark: 0,
      receiveHighWaterMark: 0,
      ...encryption,
    });
  const sockets = {
    shell: dealer(),
    control: dealer(),
    stdin: dealer(),
    iopub: new Subscriber({ linger: 0, receiveHighWaterMark: 0, ...encryption }),
  };
  sockets.iopub.subscribe();
  for (const channel of ["shell", "control", "stdin", "iopub"] as const) {
    sockets[channel].connect(addressOf(connection, channel));
  }
  return sockets;
}

function executeContent(code: string, options: object): JsonObject {
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
