import { spawn } from "node:child_process";
import path from "node:path";
import { courseFiles } from "../../courseware/working-copy/course-files.js";
import { ensurePythonEnvironment, pythonOf } from "../../setup/python-environment.js";
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
 * `poolbook lab`: opens JupyterLab in `folder`, on its first notebook. Jupyter's settings and run-time files stay in
 * the environment, apart from the user's own. Resolves with JupyterLab's exit code.
 */
export async function openLab(folder: string, options: LabCommandOptions): Promise<number> {
  const environment = await ensurePythonEnvironment(setupProgress(process.stderr));
  const first = courseFiles(folder).find((file) => file.endsWith(".ipynb"));
  const data = path.join(environment, "share", "jupyter");
  const args = [
    `--ServerApp.root_dir=${path.resolve(folder)}`,
    `--LabApp.default_url=/lab/tree/${first ?? ""}`,
    ...(options.browser ? [] : ["--no-browser"]),
    ...(options.port === undefined ? [] : [`--port=${options.port}`]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  const child = spawn(pythonOf(environment), ["-c", jupyterlab, ...args], {
    stdio: "inherit",
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: path.join(environment, "etc", "jupyter"),
      JUPYTER_DATA_DIR: data,
      JUPYTER_RUNTIME_DIR: path.join(data, "runtime"),
    },
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
