import type { Pool } from "../pool/pool.js";

/**
 * Resolves when every worker of the pool has started and done something, so that what is submitted then begins at once.
 * It submits short tasks, which leave their records in `pool.tasks`.
 */
export async function warmUp(pool: Pool): Promise<void> {
  const busy = new Set<number>();
  while (busy.size < pool.processes) {
    await Promise.all(Array.from({ length: pool.processes }, () => pool.apply(nap, [20])));
    for (const { worker } of pool.tasks) {
      if (worker !== undefined) {
        busy.add(worker);
      }
    }
  }
}

function nap(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
