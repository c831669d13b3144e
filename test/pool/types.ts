import type { FileHandle } from "node:fs/promises";
import type { Transferable as OfNode } from "node:worker_threads";
import { type AsyncResult, type Pool, type Transferable, transfer } from "poolbook";

/* Checked by the compiler: a line that should not compile but does is an error of its own. */

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_T extends true>() => {};

const add = (x: number, y: number) => x + y;
const later = async (text: string) => [text];
const optional = (x: number, y?: string) => `${x}${y}`;

export function applyTypes(pool: Pool) {
  is<Equal<ReturnType<typeof pool.apply<typeof add>>, Promise<number>>>();
  is<Equal<ReturnType<typeof pool.apply<typeof later>>, Promise<string[]>>>();
  is<Equal<ReturnType<typeof pool.applyAsync<typeof later>>, AsyncResult<string[]>>>();
  pool.apply(optional, [1]);
  pool.apply(optional, [1, "2"]);
  pool.apply(() => 1);
  // @ts-expect-error one argument is missing
  pool.apply(add, [1]);
  // @ts-expect-error one argument too many
  pool.apply(add, [1, 2, 3]);
  // @ts-expect-error wrong type
  pool.apply(add, [1, "2"]);
  // @ts-expect-error no array
  pool.apply(later, "text");
  // @ts-expect-error no function
  pool.applyAsync(5, []);
  pool.applyAsync(later, ["a"], { callback: (value) => is<Equal<typeof value, string[]>>() });
}

export async function mapTypes(pool: Pool) {
  const texts = await pool.map((x: number) => String(x), [1, 2]);
  is<Equal<typeof texts, string[]>>();
  const lists = await pool.map(later, ["a"]);
  is<Equal<typeof lists, string[][]>>();
  const floats = await pool.map((x: number) => x / 2, new Float64Array(2));
  is<Equal<typeof floats, Float64Array<ArrayBuffer>>>();
  const inferred = await pool.map((x) => [x], [1, 2]);
  is<Equal<typeof inferred, number[][]>>();
  for await (const length of pool.imap(async (text) => text.length, new Set(["a"]))) {
    is<Equal<typeof length, number>>();
  }
  const identity = <T>(x: T) => x;
  const same = await pool.map(identity, ["a"]);
  is<Equal<typeof same, string[]>>();
  const ones = await pool.map(() => 1, ["a"]);
  is<Equal<typeof ones, number[]>>();
  const outcomes = await pool.mapSettled(later, ["a"]);
  is<Equal<typeof outcomes, PromiseSettledResult<string[]>[]>>();
  const impossible = await pool.map((x: number) => String(x), new Float64Array(2));
  is<Equal<typeof impossible, never>>();
  const sums = await pool.starmap(add, [[1, 2]]);
  is<Equal<typeof sums, number[]>>();
  // @ts-expect-error wrong type of item
  pool.map((x: number) => x, ["a"]);
  // @ts-expect-error wrong type of an item that has to be inferred
  pool.map((x) => x * 2, ["a"]);
  // @ts-expect-error a function of two arguments
  pool.map(add, [1]);
  // @ts-expect-error one of the items may be of a wrong type
  pool.map((x: number) => x, [1, "a"]);
  // @ts-expect-error wrong count in an item
  pool.starmap(add, [[1]]);
  for await (const list of pool.imap(later, new Set(["a"]))) {
    is<Equal<typeof list, string[]>>();
  }
  // @ts-expect-error wrong type of item
  pool.imapUnordered(later, [1]);
}

export function transferTypes(ofNode: OfNode, file: FileHandle, memory: SharedArrayBuffer) {
  const accepted: Transferable[] = [ofNode, file, memory];
  is<Equal<ReturnType<typeof transfer<Uint8Array>>, Uint8Array>>();
  // @ts-expect-error nothing that can be handed over
  transfer({}, [{}]);
  // @ts-expect-error the array that lies in a buffer
  transfer({}, [new Uint8Array(2)]);
  // @ts-expect-error no array
  transfer({}, new ArrayBuffer(1));
  return transfer({ ofNode }, accepted);
}
