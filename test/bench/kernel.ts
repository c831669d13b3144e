import { availableParallelism } from "node:os";
import { type Figures, measure } from "./kernel/measure.js";
import { participants } from "./kernel/participants.js";
import { measurePlainNode } from "./kernel/plain-node.js";

const rounds = Number(process.argv[3] ?? 3);
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const samples = new Map<string, Figures[]>();
const loops: number[] = [];
for (let round = 0; round < rounds; round++) {
  loops.push(await measurePlainNode());
  for (const participant of participants()) {
    const figures = await measure(participant);
    samples.set(participant.name, [...(samples.get(participant.name) ?? []), figures]);
    console.error(`round ${round + 1} of ${rounds}: ${participant.name}`);
  }
}

const plainNodeLoop = median(loops);
const medians = Object.fromEntries(
  [...samples].map(([name, all]) => [
    name,
    Object.fromEntries(
      Object.keys(all[0] ?? {}).map((key) => [key, median(all.map((each) => each[key as keyof Figures]))]),
    ) as unknown as Figures,
  ]),
);
const { own, stock } = medians;
if (!own || !stock) {
  throw new Error("Expected figures of both kernels");
}

/** What is to be reached, as a ratio of two things measured side by side. */
const targets: { what: string; ratio: number; atMost?: number; atLeast?: number }[] = [
  { what: "ready, ours / stock", ratio: own.ready / stock.ready, atMost: 0.4 },
  { what: "first result, ours / stock", ratio: own.firstResult / stock.firstResult, atMost: 0.5 },
  { what: "trivial cell, ours / stock", ratio: own.trivialCell / stock.trivialCell, atMost: 0.7 },
  { what: "declaring cell, ours / stock", ratio: own.declaringCell / stock.declaringCell, atMost: 0.6 },
  { what: "cell 500 / cell 50", ratio: own.cell500 / own.cell50, atMost: 1.5 },
  { what: "2 x 10^7 additions, ours / plain Node", ratio: own.loop / plainNodeLoop, atMost: 2 },
  { what: "lines a second, ours / stock", ratio: own.linesASecond / stock.linesASecond, atLeast: 10 },
  { what: "resident memory after 71 cells, ours / stock", ratio: own.memory / stock.memory, atMost: 1 },
  {
    what: "resident memory after 171 cells, ours / stock",
    ratio: own.memoryLater / stock.memoryLater,
    atMost: 1,
  },
];

const results = targets.map(({ what, ratio, atMost, atLeast }) => ({
  what,
  ratio: Number(ratio.toFixed(3)),
  target: atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`,
  isReached: ratio <= (atMost ?? Number.POSITIVE_INFINITY) && ratio >= (atLeast ?? 0),
}));
const machine = { node: process.version, platform: process.platform, cores: availableParallelism() };
console.table(results);
console.log(JSON.stringify({ suite: "kernel", rounds, machine, medians, plainNodeLoop, results }, null, 2));
