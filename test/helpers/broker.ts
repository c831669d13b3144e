import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "#dist/course/machines/free-port.js";

const program = ["redis-server", "valkey-server"]
  .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));

/** Why tests of clusters cannot run here; undefined where they can. */
export const noBroker = program === undefined ? "needs redis-server or valkey-server" : undefined;

/** A Redis or Valkey on a free port of this machine, started by the tests, that keeps what it has over its end. */
export class Broker {
  readonly port: number;
  readonly #folder: string;
  readonly #options: string[];
  #server!: ChildProcess;

  private constructor(port: number, folder: string, options: string[]) {
    this.port = port;
    this.#folder = folder;
    this.#options = options;
  }

  static async start(options: string[] = []): Promise<Broker> {
    const broker = new Broker(await freePort(), mkdtempSync(join(tmpdir(), "poolbook-broker-")), options);
    await broker.restart();
    return broker;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const args = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.#folder, "--save", ""];
    this.#server = spawn(program ?? "", [...args, "--appendonly", "yes", ...this.#options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let written = "";
    for await (const text of this.#server.stdout?.setEncoding("utf8") ?? []) {
      written += text;
      if (written.includes("Ready to accept connections")) {
        return;
      }
    }
    throw new Error(`The broker has not started: ${written}`);
  }

  async kill(): Promise<void> {
    const exit = once(this.#server, "exit");
    this.#server.kill("SIGKILL");
    await exit;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The names that are in it, but those that go by themselves after a time. */
  async lastingKeys(): Promise<string[]> {
    const redis = new Redis(this.url);
    const keys = await redis.keys("*");
    const lifetimes = await Promise.all(keys.map((key) => redis.pttl(key)));
    redis.disconnect();
    return keys.filter((_, index) => lifetimes[index] === -1).sort();
  }
}
