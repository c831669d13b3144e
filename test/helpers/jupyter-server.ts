import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { finished } from "./poolbook.js";

export const token = "a-token-that-nobody-else-sees";

/** A real Jupyter server on TCP, whose kernels are this checkout's and that of its Python. */
export class JupyterServer {
  static async start(environment: string, folder: string): Promise<JupyterServer> {
    const child = spawn(
      path.join(environment, "bin", "jupyter"),
      [
        "server",
        "--no-browser",
        "--ServerApp.port=0",
        "--ServerApp.ip=127.0.0.1",
        "--allow-root",
        `--ServerApp.root_dir=${folder}`,
      ],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          JUPYTER_TOKEN: token,
          JUPYTER_CONFIG_DIR: folder,
          JUPYTER_DATA_DIR: path.join(environment, "share", "jupyter"),
          JUPYTER_RUNTIME_DIR: path.join(folder, "runtime"),
        },
      },
    );
    const server = new JupyterServer(child);
    child.stderr?.on("data", (text) => {
      server.log += text;
    });
    server.url = await new Promise((resolve, reject) => {
      child.stderr?.on("data", () => {
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(server.log);
        if (found) {
          resolve(found[0]);
        }
      });
      child.once("exit", () => reject(new Error(`Jupyter server did not start: ${server.log}`)));
    });
    return server;
  }

  url = "";
  log = "";
  #child: ChildProcess;
  #ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = finished(child);
  }

  /** The kernels it runs. */
  async kernels(): Promise<{ id: string }[]> {
    const response = await fetch(`${this.url}api/kernels`, { headers: { Authorization: `token ${token}` } });
    return (await response.json()) as { id: string }[];
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }
}
