import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Timed {
  milliseconds: number;
  /** The most memory the process itself held, as Linux tells; NaN elsewhere. */
  peakMegabytes: number;
}

/** Runs a command to its end; a failure is an error, since its time would mean nothing. */
export async function timeCommand([command = "", ...args]: string[]): Promise<Timed> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  let peakMegabytes = Number.NaN;
  const sampling = setInterval(() => {
    peakMegabytes = readPeak(child.pid) ?? peakMegabytes;
  }, 50);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(sampling);
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} exited with ${code}: ${stderr.slice(-500)}`);
  }
  return { milliseconds: performance.now() - started, peakMegabytes };
}

function readPeak(pid: number | undefined): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
