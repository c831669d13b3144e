import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The command line tool, started as a user starts it, without a terminal. */
export function startPoolbook(
  args: string[],
  env: NodeJS.ProcessEnv = {},
  stdin: "ignore" | "pipe" = "ignore",
  stdout: "pipe" | number = "pipe",
): ChildProcess {
  return spawn(process.execPath, [bin, ...args], {
    stdio: [stdin, stdout, "pipe"],
    env: { ...process.env, ...env },
  });
}

export async function poolbook(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return await finished(startPoolbook(args, env));
}

export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
