import { withPool } from "poolbook";

const mebibyte = 2 ** 20;

/** Sends values of so many MiB to a worker and back; gives the sizes of those that came back as others. */
export async function wrongLargeValues(sizes: readonly number[]): Promise<number[]> {
  return await withPool(1, async (pool) => {
    const wrong: number[] = [];
    for (const size of sizes) {
      const bytes = new Uint8Array(size * mebibyte).fill(7);
      bytes[size] = 9;
      const back = await pool.apply((value: Uint8Array) => value, [bytes]);
      if (Buffer.compare(bytes, back) !== 0) {
        wrong.push(size);
      }
    }
    return wrong;
  });
}
