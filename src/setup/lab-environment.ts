import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { SetupError } from "./find-python.js";
import { installKernels } from "./kernel-installation.js";
import {
  ensurePythonEnvironment,
  markerName,
  packageDir,
  pythonOf,
  type SetupStep,
} from "./python-environment.js";

const run = promisify(execFile);

/** JupyterLab, and the front end's side of widgets. */
const requirements = ["anywidget~=0.11.0", "jupyterlab~=4.6.0"];

/** A Python with JupyterLab, and the variables with which it finds poolbook's kernels. */
export interface LabEnvironment {
  python: string;
  variables: Record<string, string>;
}

/**
 * The JupyterLab for this package: in a checkout, that of its `.venv`; in a project that depends on it, one that is
 * there already (in the active virtual or conda environment, or in the project's `.venv`), which is left as it is, or
 * else one of its own in the project's `.venv`. `report` is told which, and what is done meanwhile.
 *
 * Throws SetupError when something is missing on this machine.
 */
export async function ensureLabEnvironment(report: (step: SetupStep) => void): Promise<LabEnvironment> {
  if (existsSync(path.join(packageDir, "requirements-dev.txt"))) {
    return ownLab(await ensurePythonEnvironment(report));
  }
  const project = projectFolder(packageDir, process.cwd());
  const venv = path.join(project, ".venv");
  for (const environment of [process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX, venv]) {
    if (environment && !isOwn(environment)) {
      const version = await jupyterlabVersion(environment);
      if (version !== undefined) {
        report({ stage: `JupyterLab ${version}, found in ${environment}` });
        return await foundLab(environment);
      }
    }
  }
  if (existsSync(venv) && !isOwn(venv)) {
    const pip = `${pythonOf(venv)} -m pip install ${requirements.map((each) => `"${each}"`).join(" ")}`;
    throw new SetupError(`${venv} is an environment without JupyterLab 4; install it there with: ${pip}`);
  }
  return ownLab(await ensurePythonEnvironment(report, project, requirements));
}

/** The folder that a package is installed for, when `folder` is in it; else `folder`, as for what npx fetches. */
export function projectFolder(installed: string, folder: string): string {
  const [project = ""] = installed.split(`${path.sep}node_modules${path.sep}`);
  const way = path.relative(project, folder);
  return way.split(path.sep)[0] === ".." || path.isAbsolute(way) ? folder : project;
}

/** Jupyter's settings and run-time files stay in the environment, apart from the user's own. */
function ownLab(environment: string): LabEnvironment {
  const data = path.join(environment, "share", "jupyter");
  const variables = {
    JUPYTER_CONFIG_DIR: path.join(environment, "etc", "jupyter"),
    JUPYTER_DATA_DIR: data,
    JUPYTER_RUNTIME_DIR: path.join(data, "runtime"),
  };
  return { python: pythonOf(environment), variables };
}

/** The kernels lie with the package, so that nothing of the user's environment is changed. */
async function foundLab(environment: string): Promise<LabEnvironment> {
  const data = path.join(path.dirname(packageDir), ".cache", "poolbook", "jupyter");
  await installKernels(data, [{ name: "tslab" }, { name: "jslab", javascript: true }]);
  const before = process.env.JUPYTER_PATH;
  const variables = { JUPYTER_PATH: before ? `${data}${path.delimiter}${before}` : data };
  return { python: pythonOf(environment), variables };
}

function isOwn(environment: string): boolean {
  return existsSync(path.join(environment, markerName));
}

/** Undefined where there is none that can open these notebooks. */
async function jupyterlabVersion(environment: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(pythonOf(environment), [
      "-c",
      "import jupyterlab; print(jupyterlab.__version__)",
    ]);
    const version = stdout.trim();
    return Number(version.split(".")[0]) >= 4 ? version : undefined;
  } catch {
    return undefined;
  }
}
