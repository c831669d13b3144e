import { spawn } from "node:child_process";
import path from "node:path";
import { courseFiles } from "../../courseware/working-copy/course-files.js";
import { ensureLabEnvironment } from "../../setup/lab-environment.js";
import { setupProgress } from "../terminal/setup-progress.js";

export interface LabCommandOptions {
  browser: boolean;
  port?: string;
}

// Jupyter does not notice that its parent has died, so a thread of its own watches.
const jupyterlab = `
import os, signal, sys, threading, time
def watch(parent):
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()
from jupyterlab.labapp import main
sys.exit(main())
`;

/**
 * `poolbook lab`: opens JupyterLab in `folder`, on its first notebook. Resolves with JupyterLab's exit code.
 */
export async function openLab(folder: string, options: LabCommandOptions): Promise<number> {
  const { python, variables } = await ensureLabEnvironment(setupProgress(process.stderr));
  const first = courseFiles(folder).find((file) => file.endsWith(".ipynb"));
  const args = [
    `--ServerApp.root_dir=${path.resolve(folder)}`,
    `--LabApp.default_url=/lab/tree/${first ?? ""}`,
    ...(options.browser ? [] : ["--no-browser"]),
    ...(options.port === undefined ? [] : [`--port=${options.port}`]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  const child = spawn(python, ["-c", jupyterlab, ...args], {
    stdio: "inherit",
    env: { ...process.env, ...variables },
  });
  // A Ctrl-C reaches JupyterLab by itself, which asks back; it ends this command by ending.
  process.on("SIGINT", () => {});
  for (const name of ["SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => child.kill(name));
  }
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
