import type { Pool } from "poolbook";

/** Resolves when every worker of the pool has started and answered. */
export async function warmUp(pool: Pool): Promise<void> {
  const task = () => new Promise<number>((resolve) => setTimeout(resolve, 5, process.pid));
  const pids = new Set<number>();
  while (pids.size < pool.processes) {
    const results = Array.from({ length: pool.processes }, () => pool.apply(task));
    for (const pid of await Promise.all(results)) {
      pids.add(pid);
    }
  }
}
