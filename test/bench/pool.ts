import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { costsOfCaptures } from "./pool/captures.js";
import type { Contender } from "./pool/contender.js";
import { workerMemory } from "./pool/memory.js";
import { piscina, tinypool } from "./pool/piscina.js";
import { poolbook } from "./pool/poolbook.js";
import { endPython, python } from "./pool/python.js";
import { median, timed } from "./pool/tasks.js";
import { rawWorkerpool, workerpoolInTurn } from "./pool/workerpool.js";

/*
 * Measures this package's pool beside others. Each figure is the median over rounds; in a round every contender has
 * its turn, so that what disturbs the machine disturbs them alike.
 */
const rounds = Number(process.argv[3] ?? 7);

const contenders = [
  poolbook,
  rawWorkerpool("workerpool", "json"),
  rawWorkerpool("workerpool (advanced)", "advanced"),
  workerpoolInTurn("workerpool (in turn)"),
  piscina,
  tinypool,
  python,
];

const measures: Record<string, (contender: Contender) => Promise<number> | undefined> = {
  "apply, round trip (µs)": (contender) => contender.roundTrip?.(300).then((time) => time * 1000),
  "apply, round trip, after 5,000 (µs)": (contender) =>
    contender.roundTrip?.(5000).then((time) => time * 1000),
  "10,000 calls in flight (ms)": (contender) => contender.inFlight?.(10_000),
  "10,000 calls in flight, functions written in the calls (ms)": (contender) =>
    contender.inFlightInline?.(10_000),
  "10,000 calls in flight, each function with a captured number (ms)": (contender) =>
    contender.inFlightCapturing?.(10_000),
  "map, 10^6 numbers (ms)": (contender) => contender.mapNumbers?.(1_000_000),
  "map, Float64Array of 10^6 (ms)": (contender) => contender.mapFloats?.(1_000_000),
  "map, primes below 30,000, 16 times (ms)": (contender) => contender.mapPrimes?.(16, 30_000),
  "primes below 400,000, twice, two workers (ms)": (contender) => contender.mapPrimes?.(2, 400_000),
  "primes below 400,000, once (ms)": (contender) => contender.mapPrimes?.(1, 400_000),
  "1 MiB there and back (ms)": (contender) => contender.echoBytes?.(30),
  "two naps of 1 s (ms)": (contender) => contender.twoNaps?.(),
};

const times = new Map<string, Map<Contender, number[]>>();
const note = (measure: string, contender: Contender, time: number) => {
  const row = times.get(measure) ?? new Map<Contender, number[]>();
  times.set(measure, row);
  row.set(contender, [...(row.get(contender) ?? []), time]);
};

for (let round = 0; round < rounds; round++) {
  const first = round % contenders.length;
  for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
    note("start of two workers (ms)", contender, await timed(() => contender.start()));
    const memory = await workerMemory(process.pid);
    if (memory && contender !== piscina && contender !== python) {
      note("memory of an idle worker (MiB)", contender, memory);
    }
    for (const [measure, run] of Object.entries(measures)) {
      const isSlow = contender === python && measure.includes("400,000");
      if (isSlow) {
        continue;
      }
      await run(contender);
      const time = await run(contender);
      if (time !== undefined) {
        note(measure, contender, time);
      }
    }
    await contender.stop();
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}
endPython();

const table = [...times].map(([measure, row]) => {
  const own = median(row.get(poolbook) ?? []);
  const medians = contenders.map((contender) => {
    const values = row.get(contender);
    return values && { name: contender.name, median: median(values), ratio: median(values) / own };
  });
  return { measure, contenders: medians.filter((entry) => entry !== undefined) };
});

console.log(`Node ${process.versions.node}, ${cpus().length} processors`);
for (const { measure, contenders: entries } of table) {
  console.log(`\n${measure}`);
  for (const { name, median: middle, ratio } of entries) {
    console.log(`  ${name.padEnd(24)} ${middle.toPrecision(4).padStart(10)}  x ${ratio.toFixed(2)}`);
  }
}

const costs = await costsOfCaptures(rounds);
console.log("\nA call's look at what its function has captured, in times of one v8.serialize");
for (const { name, ratio, target } of costs) {
  console.log(
    `  ${name.padEnd(30)} ${ratio.toFixed(2).padStart(6)}  (target ${target}: ${ratio <= target ? "holds" : "missed"})`,
  );
}

mkdirSync("out", { recursive: true });
const report = { node: process.version, processors: cpus().length, rounds, table, costs };
writeFileSync("out/bench-pool.json", `${JSON.stringify(report, undefined, 2)}\n`);
console.log("\nx: their time over ours. Written to out/bench-pool.json");
