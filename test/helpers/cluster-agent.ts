import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { startPoolbook } from "./poolbook.js";

/** Of all clusters of the tests; set in `process.env` by whoever makes a pool. */
export const testKey = "a key of the tests, which opens nothing";

/** An agent: `poolbook worker`, started as a user starts it. */
export class ClusterAgent {
  readonly child: ChildProcess;
  /** Everything it has written so far. */
  log = "";

  private constructor(args: string[], env: NodeJS.ProcessEnv) {
    this.child = startPoolbook(["worker", ...args, "--allow-root"], {
      POOLBOOK_CLUSTER_KEY: testKey,
      ...env,
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.log += text;
    });
  }

  /** Resolves when it is ready to take workers. */
  static async start(url: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<ClusterAgent> {
    const agent = new ClusterAgent(["--connect", url, ...args], env);
    await agent.until(/ workers for /);
    return agent;
  }

  /** Resolves when what it has written matches. */
  async until(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.log)) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`Agent has ended: ${this.log}`);
      }
      await Promise.race([once(this.child.stderr ?? this.child, "data"), once(this.child, "exit")]);
    }
  }

  /** Sends a signal, and resolves to the exit code. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      return this.child.exitCode;
    }
    const exit = once(this.child, "exit");
    this.child.kill(signal);
    const [code] = await exit;
    return code;
  }
}
