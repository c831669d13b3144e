import { open, rm, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Far longer than anybody keeps it: its owner has been killed. */
const staleTime = 10_000;

/** Runs `body` while no other process does with the same path. */
export async function locked<T>(path: string, body: () => Promise<T>): Promise<T> {
  while (!(await acquire(path))) {
    await delay(5 + 20 * Math.random());
  }
  try {
    return await body();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx", 0o600)).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw error;
    }
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > staleTime) {
      await rm(path, { force: true });
    }
    return false;
  }
}
