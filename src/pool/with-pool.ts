import type { PoolOptions } from "./options.js";
import { Pool } from "./pool.js";

/**
 * Runs `body` with a pool of its own and terminates the pool when `body` is done, also after an error: the form of
 * `with Pool() as pool` where the compiler has no `await using`.
 */
export async function withPool<T>(
  options: number | PoolOptions | undefined,
  body: (pool: Pool) => Promise<T> | T,
): Promise<T> {
  const pool = new Pool(options);
  try {
    return await body(pool);
  } finally {
    await pool.terminate();
  }
}
