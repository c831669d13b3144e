import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { freePorts } from "../../helpers/free-ports.js";
import { decodeMessage, encodeMessage, type JupyterMessage } from "../../helpers/jupyter-message.js";
import type { Participant } from "./participants.js";

const key = "secret";

/** A front end that waits for replies only: stock tslab loses messages on IOPub. */
export class BenchClient {
  readonly started = performance.now();
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #shell = new Dealer({ linger: 0, receiveHighWaterMark: 0 });
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  #lines = 0;
  #lastOutput = 0;

  private constructor(process: ChildProcess, folder: string, shell: string, iopub: string) {
    this.#process = process;
    this.#folder = folder;
    this.#shell.connect(shell);
    this.#iopub.subscribe();
    this.#iopub.connect(iopub);
    void this.#countLines();
  }

  static async start({ argv }: Participant): Promise<BenchClient> {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    const path = join(folder, "connection.json");
    const [shell_port = 0, iopub_port = 0, stdin_port, control_port, hb_port] = await freePorts(5);
    const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
    const connection = { transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256", ...ports };
    await writeFile(path, JSON.stringify(connection));
    const [command = "", ...args] = argv.map((part) => part.replace("{connection_file}", path));
    const child = spawn(command, args, { cwd: folder, stdio: "ignore" });
    const address = (port: number) => `tcp://127.0.0.1:${port}`;
    return new BenchClient(child, folder, address(shell_port), address(iopub_port));
  }

  async request(type: string, content: object): Promise<JupyterMessage> {
    const { id, frames } = encodeMessage(type, content, { session: "bench", key });
    await this.#shell.send(frames);
    for await (const reply of this.#shell) {
      const message = decodeMessage(reply, key);
      if (message.parent_header.msg_id === id) {
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
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #countLines(): Promise<void> {
    for await (const frames of this.#iopub) {
      const { header, content } = decodeMessage(frames, key);
      if (header.msg_type === "stream") {
        this.#lines += content.text.split("\n").length - 1;
        this.#lastOutput = performance.now();
      }
    }
  }
}
