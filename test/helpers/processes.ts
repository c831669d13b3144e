import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Tells whether a process runs; one that has ended but was not yet waited for does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return !existsSync("/proc/self");
  }
}

/** Waits until none of the processes runs; rejects when that takes longer than `limit` milliseconds. */
export async function allGone(pids: readonly number[], limit: number): Promise<void> {
  const end = Date.now() + limit;
  while (pids.some(isAlive)) {
    if (Date.now() > end) {
      throw new Error(`Still alive after ${limit} ms: ${pids.filter(isAlive).join(", ")}`);
    }
    await sleep(20);
  }
}
