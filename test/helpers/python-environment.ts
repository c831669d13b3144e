import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The Python environment of this checkout, which is made when it is missing. */
export async function usePythonEnvironment(): Promise<string> {
  const environment = join(root, ".venv");
  const python = join(environment, "bin", "python");
  if (!existsSync(python)) {
    await run("python3", ["-m", "venv", environment]);
    await run(python, ["-m", "pip", "install", "--quiet", "-r", join(root, "requirements-dev.txt")]);
  }
  return environment;
}
