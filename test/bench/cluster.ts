import { mkdirSync, writeFileSync } from "node:fs";
import { Broker, noBroker } from "../helpers/broker.js";
import { bullmq } from "./cluster/bullmq.js";
import type { Contender } from "./cluster/contender.js";
import { leased, local } from "./cluster/poolbook.js";
import { processorSeconds } from "./cluster/processor-time.js";
import { pythonContenders } from "./cluster/python.js";
import { machine, median, printTargets, type Target } from "./targets.js";

/*
 * The pool on a cluster of two agents beside the local one and others, with four workers each. What counts is the time of processors
 * that everything involved takes, the broker too: it is the same whatever else the machine does.
 */
const rounds = Number(process.argv[3] ?? 1);

if (noBroker !== undefined) {
  throw new Error(`The bench of clusters ${noBroker}`);
}
const broker = await Broker.start();
const cluster = leased(broker);
const [celery, dask] = pythonContenders(broker);
const contenders = [local, cluster, bullmq(broker), celery, dask].filter((one) => one !== undefined);

const measures = {
  "300 round trips": (contender: Contender) => contender.roundTrips(300),
  "3,000 calls in flight": (contender: Contender) => contender.inFlight(3000),
  "map, 10^6 numbers in 16 chunks": (contender: Contender) => contender.mapNumbers?.(1_000_000),
};
type Measure = keyof typeof measures;
const names = Object.keys(measures) as Measure[];

interface Cost {
  readonly measure: Measure;
  readonly contender: Contender;
  readonly processor: number;
  readonly wall: number;
}

const costs: Cost[] = [];
for (let round = 0; round < rounds; round++) {
  for (const contender of contenders) {
    await contender.start();
    for (const [name, run] of Object.entries(measures)) {
      const first = run(contender);
      if (first === undefined) {
        continue;
      }
      await first;
      const [processor, wall] = [processorSeconds(), performance.now()];
      await run(contender);
      costs.push({
        measure: name as Measure,
        contender,
        processor: processorSeconds() - processor,
        wall: (performance.now() - wall) / 1000,
      });
    }
    await contender.stop();
    process.stderr.write(`${contender.name}, round ${round + 1} of ${rounds}\n`);
  }
}
await broker.stop();

const costOf = (measure: Measure, contender: Contender | undefined, kind: "processor" | "wall") =>
  median(
    costs
      .filter((cost) => cost.measure === measure && cost.contender === contender)
      .map((cost) => cost[kind]),
  );

console.log(
  `Node ${process.versions.node}, ${machine.cores} processors; processor seconds, and seconds of wall time`,
);
const table = names.map((measure) => ({
  measure,
  contenders: contenders
    .map((contender) => ({
      name: contender.name,
      processor: costOf(measure, contender, "processor"),
      wall: costOf(measure, contender, "wall"),
    }))
    .filter(({ processor }) => !Number.isNaN(processor)),
}));
for (const { measure, contenders: entries } of table) {
  console.log(`\n${measure}`);
  for (const { name, processor, wall } of entries) {
    const ratio = processor / costOf(measure, local, "processor");
    console.log(
      `  ${name.padEnd(28)} ${processor.toFixed(2).padStart(7)} ${wall.toFixed(2).padStart(7)}  x ${ratio.toFixed(1)}`,
    );
  }
}
console.log("x: their processor time over that of the local pool");

const target = (measure: Measure, other: Contender, atMost: number): Target => ({
  what: `${measure}, processor time: ${cluster.name} / ${other.name}`,
  figure: costOf(measure, cluster, "processor") / costOf(measure, other, "processor"),
  atMost,
});

const results = printTargets([
  target("3,000 calls in flight", local, 2),
  ...(celery ? [target("3,000 calls in flight", celery, 0.1)] : []),
  target("300 round trips", local, 6),
  target("map, 10^6 numbers in 16 chunks", local, 2.5),
]);

mkdirSync("out", { recursive: true });
writeFileSync(
  "out/bench-cluster.json",
  `${JSON.stringify({ machine, rounds, table, results }, undefined, 2)}\n`,
);
console.log("Written to out/bench-cluster.json");
