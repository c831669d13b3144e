import { serialize, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Pool, shared } from "poolbook";
import { median, type Target } from "../targets.js";
import { range } from "./tasks.js";

class Point {
  readonly x: number;
  readonly name: string;
  constructor(x: number) {
    this.x = x;
    this.name = `point ${x}`;
  }
}

const points = range(4000).map((x) => new Point(x));
const rows = range(20_000).map((id) => ({ id, name: `row ${id}`, value: id * 1.5, isEven: id % 2 === 0 }));
const table = shared(range(20_000).map((id) => ({ id, name: `row ${id}` })));

const captures: [name: string, fn: () => number, value: unknown, target: number][] = [
  ["4,000 instances of a class", () => points.length, points, 2],
  ["20,000 plain rows", () => rows.length, rows, 2],
  ["20,000 rows that are shared", () => table.length, rows, 0.1],
];

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/**
 * By what a function captures: the main process's processor time for a call of it beyond that of a call without
 * captures, in times that of one `v8.serialize` of the value. Medians over rounds.
 */
export async function costsOfCaptures(rounds: number): Promise<Target[]> {
  const pool = new Pool(1);
  const ratios = captures.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, fn, value]] of captures.entries()) {
      const without = await processorTime(() => pool.apply(() => 1));
      const call = await processorTime(() => pool.apply(fn));
      const clone = await processorTime(() => serialize(value));
      ratios[index]?.push((call - without) / clone);
    }
  }
  await pool.terminate();
  return captures.map(([name, , , target], index) => ({
    what: `a call that has captured ${name}, beyond one without / v8.serialize`,
    figure: median(ratios[index] ?? []),
    atMost: target,
  }));
}

/**
 * Microseconds of this process for one of many calls, after some that do not count. What others have left to the collector
 * (the clones are some megabytes each) is collected before: a look through the whole heap takes as long as all the calls.
 */
async function processorTime(run: () => unknown): Promise<number> {
  const calls = 20;
  await run();
  await run();
  collectGarbage();
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call++) {
    await run();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
