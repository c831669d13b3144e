import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

const required = [3, 10] as const;
const howToInstall = "Debian and Ubuntu: apt install python3 python3-venv; macOS: brew install python";

/** Thrown when the machine lacks something the set-up needs; the message says what to install. */
export class SetupError extends Error {
  override name = "SetupError";
}

/** The command of a Python that can make virtual environments. Throws SetupError. */
export async function findPython(): Promise<string> {
  const versions: string[] = [];
  for (const command of ["python3", "python"]) {
    const version = await versionOf(command);
    if (!version) {
      continue;
    }
    if (isNewEnough(version)) {
      return await withVenv(command);
    }
    versions.push(version.join("."));
  }
  const found = versions.length > 0 ? `, found ${versions[0]}` : "";
  throw new SetupError(`Python ${required.join(".")} or newer is needed${found} (${howToInstall})`);
}

async function versionOf(command: string): Promise<number[] | undefined> {
  try {
    const { stdout } = await run(command, ["-c", "import sys; print(*sys.version_info[:2])"]);
    return stdout.trim().split(" ").map(Number);
  } catch {
    return undefined;
  }
}

function isNewEnough([major = 0, minor = 0]: number[]): boolean {
  return major > required[0] || (major === required[0] && minor >= required[1]);
}

async function withVenv(command: string): Promise<string> {
  try {
    await run(command, ["-c", "import venv, ensurepip"]);
    return command;
  } catch (cause) {
    throw new SetupError(`Python's venv module is missing; install it (${howToInstall})`, { cause });
  }
}
