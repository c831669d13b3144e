import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { addressOf } from "#dist/jupyter/connection.js";
import type { JsonObject } from "#dist/jupyter/json-object.js";
import { NewConnectionFile } from "#dist/jupyter/new-connection-file.js";
import { Session } from "#dist/jupyter/session.js";
import { decodeMessage, type JupyterMessage } from "../../helpers/jupyter-message.js";
import type { Participant } from "./participants.js";

/** A front end that waits for replies only: stock tslab loses messages on IOPub. */
export class BenchClient {
  readonly started = performance.now();
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #file: NewConnectionFile;
  readonly #session: Session;
  readonly #shell = new Dealer({ linger: 0, receiveHighWaterMark: 0 });
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  #lines = 0;
  #lastOutput = 0;

  private constructor(process: ChildProcess, folder: string, file: NewConnectionFile) {
    this.#process = process;
    this.#folder = folder;
    this.#file = file;
    this.#session = new Session({ ...file.connection, username: "bench" });
    this.#shell.connect(addressOf(file.connection, "shell"));
    this.#iopub.subscribe();
    this.#iopub.connect(addressOf(file.connection, "iopub"));
    void this.#countLines();
  }

  static async start({ argv }: Participant): Promise<BenchClient> {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    await mkdir(join(folder, "node_modules"));
    await symlink(resolve("."), join(folder, "node_modules", "poolbook"));
    const file = await NewConnectionFile.create({ kernelName: "bench", transport: "tcp" });
    const [command = "", ...args] = argv.map((part) => part.replace("{connection_file}", file.path));
    const child = spawn(command, args, { cwd: folder, stdio: "ignore" });
    return new BenchClient(child, folder, file);
  }

  async request(type: string, content: JsonObject): Promise<JupyterMessage> {
    const sent = this.#session.message(type, content);
    await this.#shell.send(this.#session.encode(sent));
    for await (const reply of this.#shell) {
      const message = decodeMessage(reply, this.#session);
      if (message.parent_header.msg_id === sent.header.msg_id) {
        return message;
      }
    }
    throw new Error("The kernel's socket was closed");
  }

  /** Runs a cell; gives the milliseconds until its reply. */
  async execute(code: string): Promise<number> {
    const start = performance.now();
    const options = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const { content } = await this.request("execute_request", { code, ...options });
    if (content.status !== "ok") {
      throw new Error(`The cell failed: ${JSON.stringify(content)}`);
    }
    return performance.now() - start;
  }

  /** Runs a cell that prints lines; gives how many arrive in a second, and counts only those that arrive. */
  async linesASecond(code: string): Promise<number> {
    this.#lines = 0;
    const start = performance.now();
    await this.execute(code);
    let before = -1;
    while (before !== this.#lines) {
      before = this.#lines;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return this.#lines / ((this.#lastOutput - start) / 1000);
  }

  /** What a cell has written into the kernel's folder. */
  readFile(name: string): Promise<string> {
    return readFile(join(this.#folder, name), "utf8");
  }

  /** Resident memory in bytes. */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
    this.#shell.close();
    this.#iopub.close();
    this.#file.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #countLines(): Promise<void> {
    for await (const frames of this.#iopub) {
      const { header, content } = decodeMessage(frames, this.#session);
      if (header.msg_type === "stream") {
        this.#lines += content.text.split("\n").length - 1;
        this.#lastOutput = performance.now();
      }
    }
  }
}
