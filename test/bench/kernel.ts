import { type Figures, measure } from "./kernel/measure.js";
import { participants } from "./kernel/participants.js";
import { measurePlainNode } from "./kernel/plain-node.js";
import { machine, median, printTargets } from "./targets.js";

const rounds = Number(process.argv[3] ?? 3);

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
const { own, stock, deno } = medians;
if (!own || !stock) {
  throw new Error("Expected figures of both kernels");
}

const results = printTargets([
  { what: "ready, ours / stock", figure: own.ready / stock.ready, atMost: 0.4 },
  { what: "first result, ours / stock", figure: own.firstResult / stock.firstResult, atMost: 0.5 },
  {
    what: "first result of a cell that imports poolbook, ours / stock",
    figure: own.firstResultOfPoolbook / stock.firstResultOfPoolbook,
    atMost: 0.5,
  },
  {
    what: "first result of a cell that imports poolbook / one that imports nothing",
    figure: own.firstResultOfPoolbook / own.firstResult,
    atMost: 1.2,
  },
  { what: "trivial cell, ours / stock", figure: own.trivialCell / stock.trivialCell, atMost: 0.7 },
  { what: "declaring cell, ours / stock", figure: own.declaringCell / stock.declaringCell, atMost: 0.6 },
  { what: "cell 500 / cell 50", figure: own.cell500 / own.cell50, atMost: 1.5 },
  { what: "2 x 10^7 additions, ours / plain Node", figure: own.loop / plainNodeLoop, atMost: 2 },
  { what: "lines a second, ours / stock", figure: own.linesASecond / stock.linesASecond, atLeast: 10 },
  { what: "resident memory after 71 cells, ours / stock", figure: own.memory / stock.memory, atMost: 1 },
  {
    what: "resident memory after 200 cells, ours / stock",
    figure: own.memoryLater / stock.memoryLater,
    atMost: 1,
  },
  {
    what: "resident memory of an idle kernel after 200 cells, MB",
    figure: own.memoryIdle / 1e6,
    atMost: 180,
  },
  ...(deno
    ? [
        { what: "trivial cell, ours / Deno", figure: own.trivialCell / deno.trivialCell, atMost: 1.5 },
        { what: "declaring cell, ours / Deno", figure: own.declaringCell / deno.declaringCell, atMost: 3 },
        {
          what: "first result of a cell that imports a built-in, ours / Deno",
          figure: own.firstResultOfImport / deno.firstResultOfImport,
          atMost: 1.5,
        },
      ]
    : []),
]);
console.log(JSON.stringify({ suite: "kernel", rounds, machine, medians, plainNodeLoop, results }, null, 2));
