import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { NewConnectionFile } from "../../../jupyter/new-connection-file.js";
import { type Kernelspec, prefixOfKernelspec } from "../../../setup/found-kernelspec.js";
import type { KernelExit } from "../kernel-exit.js";
import { GroupGuard } from "./group-guard.js";
import { OutOfMemoryWatch } from "./memory/out-of-memory.js";

const stderrKept = 4096;
const lastWords = 200;

const running = new Set<KernelProcess>();
process.on("exit", () => {
  for (const kernel of running) {
    kernel.kill();
  }
});

/**
 * A kernel started from its kernelspec, leader of a process group of its own, so that it and whatever it started can be
 * ended together, and a Ctrl-C on the terminal reaches this program only.
 */
export class KernelProcess {
  readonly exited: Promise<KernelExit>;
  #child: ChildProcess;
  #connectionFile: NewConnectionFile;
  #cwd: string;
  /** Words for the file that says how the kernel is started. */
  #origin: string;
  #stderr = "";
  #memory = new OutOfMemoryWatch();
  #isKilled = false;
  #guard: GroupGuard;

  constructor(spec: Kernelspec, connectionFile: NewConnectionFile, cwd: string) {
    const { resourceDir = "" } = spec;
    const [command = "", ...args] = spec.argv.map((argument) =>
      argument
        .replaceAll("{connection_file}", () => connectionFile.path)
        .replaceAll("{resource_dir}", () => resourceDir)
        .replaceAll("{prefix}", () => prefixOfKernelspec(resourceDir)),
    );
    this.#connectionFile = connectionFile;
    this.#cwd = cwd;
    this.#origin = resourceDir === "" ? "its kernelspec" : path.join(resourceDir, "kernel.json");
    this.#child = spawn(command, args, {
      cwd,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...kernelEnv(spec), JPY_PARENT_PID: String(process.pid) },
    });
    running.add(this);
    this.#guard = new GroupGuard(this.#child.pid);
    this.exited = this.#watch();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Forgets what the kernel wrote on its stderr so far: warnings of its start are no reason for its end. */
  async forgetStderr(): Promise<void> {
    // The pipe is read in the turn that has begun, or in the next.
    await nextTurn();
    await nextTurn();
    this.#stderr = "";
  }

  /** Sends SIGINT to the kernel and its children, as jupyter_client does. */
  interrupt(): void {
    this.#signalGroup("SIGINT");
  }

  /** Ends the kernel and all it started, at once. */
  kill(): void {
    this.#isKilled = true;
    this.#signalGroup("SIGKILL");
    this.#connectionFile.remove();
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // The group has ended already.
    }
  }

  #spawnProblem(error: NodeJS.ErrnoException): string {
    const { spawnfile } = this.#child;
    const named = `${spawnfile}, which ${this.#origin} names`;
    if (error.code === "EACCES") {
      return `${named}, may not be run`;
    }
    if (error.code !== "ENOENT") {
      return error.message;
    }
    return existsSync(this.#cwd) ? `there is no ${named}` : `there is no folder ${this.#cwd}`;
  }

  async #watch(): Promise<KernelExit> {
    this.#child.stdout?.resume();
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrKept);
    });
    const closed = once(this.#child, "close").catch(() => {});
    const exit = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
      this.#child.once("exit", (code, signal) => resolve({ code, signal }));
      this.#child.once("error", (error) => {
        this.#stderr = this.#spawnProblem(error);
        resolve({ code: null, signal: null });
      });
    });
    // A grandchild may hold the pipes open for ever, so their end is not awaited without a limit.
    await Promise.race([closed, delay(lastWords, undefined, { ref: false })]);
    const isOutOfMemory = exit.signal === "SIGKILL" && !this.#isKilled && this.#memory.hasKilled;
    this.kill();
    this.#guard.release();
    running.delete(this);
    return { ...exit, stderr: this.#stderr.trim(), ...(isOutOfMemory && { isOutOfMemory }) };
  }
}

/** The kernelspec's variables, in which `${NAME}` stands for what this process has, and `$$` for a dollar, as in jupyter_client. */
function kernelEnv({ env = {} }: Kernelspec): NodeJS.ProcessEnv {
  const expand = (value: string) =>
    value.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced, bare) =>
      whole === "$$" ? "$" : (process.env[braced ?? bare] ?? whole),
    );
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(String(value))]));
}
