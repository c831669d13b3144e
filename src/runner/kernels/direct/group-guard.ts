import { type ChildProcess, spawn } from "node:child_process";

// `read` fails at the end of its input, which comes when the process that holds the other end of the pipe is gone.
const script = 'read -r released || kill -9 -"$1"';

/**
 * Ends a process group when this process is gone, also where that was killed and could end nothing itself. Only some kernels look after
 * their parent, and what they have started does not. Where there is no shell, nothing is guarded.
 */
export class GroupGuard {
  #shell: ChildProcess | undefined;

  /** `leader` is the process by whose ID the group goes. */
  constructor(leader: number | undefined) {
    if (leader === undefined || process.platform === "win32") {
      return;
    }
    this.#shell = spawn("/bin/sh", ["-c", script, "sh", String(leader)], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      cwd: "/",
      env: {},
    });
    this.#shell.on("error", () => {});
    this.#shell.unref();
    const { stdin } = this.#shell;
    stdin?.on("error", () => {});
    if (stdin && "unref" in stdin && typeof stdin.unref === "function") {
      stdin.unref();
    }
  }

  /** Guards no longer, since the group has ended. */
  release(): void {
    this.#shell?.stdin?.end("\n");
  }
}
