import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Other people's kernels and tools, from PyPI and npm, in a folder that is made once. */
const root = path.resolve(".build", "peers");

const python = "ipykernel ipywidgets matplotlib pandas jinja2 tqdm bash_kernel xeus-python".split(" ");

function pythonEnvironment(name: string, packages: string[]): string {
  const folder = path.join(root, name);
  if (!existsSync(path.join(folder, "ready"))) {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    execFileSync(path.join(folder, "bin", "python"), [...pip, ...packages], { stdio: "inherit" });
    writeFileSync(path.join(folder, "ready"), "");
  }
  return folder;
}

/** An environment with several kernels, which are found from now on: python3, bash, xpython and deno. */
export function useKernels(): void {
  const folder = pythonEnvironment("kernels", python);
  const bin = path.join(folder, "bin", "python");
  execFileSync(bin, ["-m", "bash_kernel.install", "--sys-prefix"], { stdio: "ignore" });
  const deno = path.join(root, "deno");
  if (!existsSync(path.join(deno, "node_modules"))) {
    mkdirSync(deno, { recursive: true });
    execFileSync("npm", ["install", "--prefix", deno, "--silent", "deno"], { stdio: "inherit" });
  }
  const spec = path.join(folder, "share", "jupyter", "kernels", "deno");
  mkdirSync(spec, { recursive: true });
  const argv = [
    path.join(deno, "node_modules", ".bin", "deno"),
    "jupyter",
    "--kernel",
    "--conn",
    "{connection_file}",
  ];
  writeFileSync(
    path.join(spec, "kernel.json"),
    JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
  );
  process.env.VIRTUAL_ENV = folder;
}

/** An environment with an Enterprise Gateway. */
export function gatewayEnvironment(): string {
  return pythonEnvironment("gateway", ["jupyter_enterprise_gateway>=3.3", "ipykernel"]);
}
