import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { nodeCommand } from "../../pool/wire/parent-death.cjs";

/** Milliseconds that a process gets to end by itself. */
const grace = 5000;

const living = new Set<ChildProcess>();

process.on("exit", () => {
  for (const child of living) {
    child.kill("SIGKILL");
  }
});

/** A program that ends with this process, and is known to be ready by a line that it writes. */
export class BoundProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #written = "";

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { execPath, execArgv, needsWatchdog } = nodeCommand();
    const [command, first] = needsWatchdog ? [program, []] : [execPath, [...execArgv.slice(0, -1), program]];
    this.#child = spawn(command, [...first, ...args], { env: { ...process.env, ...env } });
    living.add(this.#child);
    this.#exit = once(this.#child, "exit").then(
      () => living.delete(this.#child),
      () => living.delete(this.#child),
    );
    this.#child.stdin?.on("error", () => {});
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#written += text;
      });
    }
  }

  /** Writes all of its standard input. */
  give(text: string): void {
    this.#child.stdin?.end(text);
  }

  /** Resolves when what it has written matches. Throws an Error with what it has written if it ends before that. */
  async ready(sign: RegExp): Promise<void> {
    const { stdout, stderr } = this.#child;
    while (!sign.test(this.#written)) {
      const heard = [stdout, stderr].map((stream) => once(stream ?? this.#child, "data"));
      await Promise.race([...heard, this.#exit]);
      if (!living.has(this.#child)) {
        throw new Error(`A process of the practice cluster has ended: ${this.#written.trim()}`);
      }
    }
  }

  /** Ends it at once; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exit;
  }

  /** Asks it to end, and ends it when it does not. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    const late = setTimeout(() => this.#child.kill("SIGKILL"), grace);
    await this.#exit;
    clearTimeout(late);
  }
}
