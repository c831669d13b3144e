import { mkdirSync, writeFileSync } from "node:fs";
import { costsOfCaptures } from "./pool/captures.js";
import type { Contender } from "./pool/contender.js";
import { workerMemory } from "./pool/memory.js";
import { piscina, tinypool } from "./pool/piscina.js";
import { poolbook, poolbookThreads } from "./pool/poolbook.js";
import { endPython, python } from "./pool/python.js";
import { timed } from "./pool/tasks.js";
import { rawWorkerpool, workerpoolInTurn } from "./pool/workerpool.js";
import { machine, median, printTargets, type Target } from "./targets.js";

/*
 * Measures this package's pool beside others. Each figure is the median over rounds; in a round every contender has
 * its turn, so that what disturbs the machine disturbs them alike.
 */
const rounds = Number(process.argv[3] ?? 7);

const inTurn = workerpoolInTurn("workerpool (in turn)");
const advanced = rawWorkerpool("workerpool (advanced)", "advanced");

const contenders = [
  poolbook,
  poolbookThreads,
  rawWorkerpool("workerpool", "json"),
  advanced,
  inTurn,
  piscina,
  tinypool,
  python,
];

const start = "start of two workers (ms)";
const measures = {
  "apply, round trip (µs)": (contender: Contender) => contender.roundTrip?.(300).then((time) => time * 1000),
  "apply, round trip, after 5,000 (µs)": (contender: Contender) =>
    contender.roundTrip?.(5000).then((time) => time * 1000),
  "10,000 calls in flight (ms)": (contender: Contender) => contender.inFlight?.(10_000),
  "10,000 calls in flight, functions written in the calls (ms)": (contender: Contender) =>
    contender.inFlightInline?.(10_000),
  "10,000 calls in flight, each function with a captured number (ms)": (contender: Contender) =>
    contender.inFlightCapturing?.(10_000),
  "map, 10^6 numbers (ms)": (contender: Contender) => contender.mapNumbers?.(1_000_000),
  "map, Float64Array of 10^6 (ms)": (contender: Contender) => contender.mapFloats?.(1_000_000),
  "map, primes below 30,000, 16 times (ms)": (contender: Contender) => contender.mapPrimes?.(16, 30_000),
  "primes below 400,000, twice, two workers (ms)": (contender: Contender) =>
    contender.mapPrimes?.(2, 400_000),
  "primes below 400,000, once (ms)": (contender: Contender) => contender.mapPrimes?.(1, 400_000),
  "1 MiB there and back (ms)": (contender: Contender) => contender.echoBytes?.(30),
  "1 MiB there and back, handed over (ms)": (contender: Contender) => contender.handBytesOver?.(30),
  "two naps of 1 s (ms)": (contender: Contender) => contender.twoNaps?.(),
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
    note(start, contender, await timed(() => contender.start()));
    const memory = await workerMemory(process.pid);
    if (memory && ![poolbookThreads, piscina, python].includes(contender)) {
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

console.log(`Node ${process.versions.node}, ${machine.cores} processors`);
for (const { measure, contenders: entries } of table) {
  console.log(`\n${measure}`);
  for (const { name, median: middle, ratio } of entries) {
    console.log(`  ${name.padEnd(24)} ${middle.toPrecision(4).padStart(10)}  x ${ratio.toFixed(2)}`);
  }
}
console.log("x: their time over ours");

const timeOf = (measure: keyof typeof measures | typeof start, contender: Contender) =>
  median(times.get(measure)?.get(contender) ?? []);

function target(
  measure: keyof typeof measures | typeof start,
  [own, other]: [Contender, Contender],
  atMost: number,
): Target {
  const what = `${measure.replace(/ \(\S+\)$/, "")}: ${own.name} / ${other.name}`;
  return { what, figure: timeOf(measure, own) / timeOf(measure, other), atMost };
}

const results = printTargets([
  target(start, [poolbook, tinypool], 1.1),
  target(start, [poolbookThreads, piscina], 1.1),
  target("10,000 calls in flight, functions written in the calls (ms)", [poolbook, python], 0.35),
  target("10,000 calls in flight, each function with a captured number (ms)", [poolbook, python], 1),
  target("apply, round trip (µs)", [poolbook, inTurn], 1.1),
  target("apply, round trip (µs)", [poolbook, python], 0.5),
  target("apply, round trip, after 5,000 (µs)", [poolbook, inTurn], 1),
  target("apply, round trip, after 5,000 (µs)", [poolbook, python], 0.5),
  target("1 MiB there and back (ms)", [poolbook, advanced], 0.5),
  {
    what: "1 MiB there and back: poolbook (threads), handed over / piscina (threads)",
    figure:
      timeOf("1 MiB there and back, handed over (ms)", poolbookThreads) /
      timeOf("1 MiB there and back (ms)", piscina),
    atMost: 1.1,
  },
  target("10,000 calls in flight (ms)", [poolbook, python], 0.2),
  target("map, 10^6 numbers (ms)", [poolbook, python], 0.5),
  ...(await costsOfCaptures(rounds)),
]);

mkdirSync("out", { recursive: true });
const report = { machine, rounds, table, results };
writeFileSync("out/bench-pool.json", `${JSON.stringify(report, undefined, 2)}\n`);
console.log("Written to out/bench-pool.json");
