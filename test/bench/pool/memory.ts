import { readdirSync, readFileSync } from "node:fs";

/** MiB of proportional memory (PSS) of a child process, on average over the children; undefined where unknown. */
export function workerMemory(parent: number): number | undefined {
  try {
    const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isWorker(name, parent));
    const sizes = children.map((pid) => {
      const [, kibibytes = "0"] =
        readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m) ?? [];
      return Number(kibibytes) / 1024;
    });
    return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  } catch {
    return undefined;
  }
}

function isWorker(pid: string, parent: number): boolean {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return status.includes(`PPid:\t${parent}\n`) && status.startsWith("Name:\tnode\n");
}
