import { execFile } from "node:child_process";
import { promisify } from "node:util";

const program = `
const start = performance.now();
let s = 0;
for (let i = 0; i < 2e7; i++) s += i;
const end = performance.now();
console.log(end - start, s);`;

/** Milliseconds that Node takes for the loop of the benchmark in a module; the best of five. */
export async function measurePlainNode(): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    times.push(Number.parseFloat(stdout));
  }
  return Math.min(...times);
}
