import type { PoolOptions } from "./options.js";
import { Pool } from "./pool.js";

/**
 * Runs `body` with a pool of its own and terminates the pool when `body` is done, also after an error: the form of
 * `with Pool() as pool` where the compiler has no `await using`. Gives what `body` gives, rejects as it does, and as
 * `new Pool` throws. Anything that `body` has not awaited is lost, as in Python.
 *
 * @example
 * const squares = await withPool(2, (pool) => pool.map((x: number) => x * x, [1, 2, 3])); // [1, 4, 9]
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
