import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findPython, SetupError } from "./find-python.js";
import { installKernelspec } from "./install-kernelspec.js";
import { installLabExtension } from "./lab-extension-installation.js";

/** The folder of this package. */
export const packageDir = fileURLToPath(new URL("../..", import.meta.url));

/** The file in an environment that says of which requirements it was made by poolbook. */
export const markerName = "poolbook-requirements";

/** A step of the set-up: a new stage, or a detail of the one that lasts. */
export interface SetupStep {
  stage?: string;
  detail?: string;
}

/**
 * The folder of a Python virtual environment that holds `packages`, or what requirements-dev.txt names, and poolbook's
 * kernelspecs: `.venv` in `folder`. It is made when it is missing, when an earlier attempt did not finish, and when the
 * requirements have changed; `report` is told what is done meanwhile.
 *
 * Throws SetupError when something is missing on this machine.
 */
export async function ensurePythonEnvironment(
  report: (step: SetupStep) => void,
  folder = packageDir,
  packages?: readonly string[],
): Promise<string> {
  const file = path.join(folder, "requirements-dev.txt");
  const requirements = packages ?? ["-r", file];
  const environment = path.join(folder, ".venv");
  const marker = path.join(environment, markerName);
  const wanted = fingerprint(packages === undefined ? await readRequirements(file) : packages.join("\n"));
  if ((await readFile(marker, "utf8").catch(() => "")) !== wanted) {
    await create(environment, requirements, report);
    await writeFile(marker, wanted);
  }
  const dataFolder = path.join(environment, "share", "jupyter");
  await installKernelspec(dataFolder, { name: "tslab" });
  await installKernelspec(dataFolder, { name: "jslab", javascript: true });
  await installLabExtension(dataFolder);
  await installLabSettings(environment);
  await shieldScripts(environment);
  return environment;
}

/** JupyterLab's own scripts for Node are CommonJS; without a `package.json` nearer to them the checkout's would say otherwise. */
async function shieldScripts(environment: string): Promise<void> {
  await writeFile(path.join(environment, "package.json"), "{}\n");
}

/** JupyterLab's settings in this environment: it does not ask whether it may fetch news. */
async function installLabSettings(environment: string): Promise<void> {
  const folder = path.join(environment, "share", "jupyter", "lab", "settings");
  const settings = {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "overrides.json"), JSON.stringify(settings));
}

function fingerprint(requirements: string): string {
  return createHash("sha256").update(requirements).digest("hex");
}

async function readRequirements(requirements: string): Promise<string> {
  try {
    return await readFile(requirements, "utf8");
  } catch (cause) {
    throw new SetupError(`${requirements} is missing; JupyterLab is set up in a checkout of poolbook`, {
      cause,
    });
  }
}

async function create(
  environment: string,
  requirements: readonly string[],
  report: (step: SetupStep) => void,
): Promise<void> {
  const python = await findPython();
  report({ stage: "Setting up Python in .venv, once; this takes a minute or two" });
  await rm(environment, { recursive: true, force: true });
  const made = await run(python, ["-m", "venv", environment], () => {});
  if (made.code !== 0) {
    throw new SetupError(`Making .venv failed: ${made.output.slice(-1)}`);
  }
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"];
  const installed = await run(pythonOf(environment), [...pip, ...requirements], (line) => {
    if (/^(Collecting|Installing)/.test(line)) {
      report({ detail: line });
    }
  });
  if (installed.code !== 0) {
    throw new SetupError(pipProblem(installed.output, path.basename(requirements.at(-1) ?? "")));
  }
  await writeFile(path.join(environment, ".gitignore"), "*\n");
  report({ stage: ".venv is ready" });
}

/** The Python of a virtual environment. */
export function pythonOf(environment: string): string {
  return process.platform === "win32"
    ? path.join(environment, "Scripts", "python.exe")
    : path.join(environment, "bin", "python");
}

function pipProblem(output: string[], requirement: string): string {
  const isOffline = output.some((line) =>
    /NewConnectionError|ConnectTimeout|Failed to establish|Max retries|name resolution/i.test(line),
  );
  const errors = output.filter((line) => line.startsWith("ERROR:"));
  return isOffline
    ? "The Python package index cannot be reached; check the network, or pip's proxy and index-url settings"
    : `pip could not install ${requirement}: ${errors[0] ?? output.at(-1) ?? "no reason given"}`;
}

function run(
  command: string,
  args: string[],
  onLine: (line: string) => void,
): Promise<{ code: number | null; output: string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        const lines = text.split("\n").filter((line) => line.trim() !== "");
        output.push(...lines);
        lines.forEach(onLine);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      process.removeListener("exit", kill);
      resolve({ code, output });
    });
  });
}
