import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";

// Loaded by Node before a learner's program: when that ends, the sizes of its pools and the number of its tasks are
// written where `POOLBOOK_WITNESS` says.

const report = process.env.POOLBOOK_WITNESS;
delete process.env.POOLBOOK_WITNESS;

if (report !== undefined) {
  const pools: number[] = [];
  let tasks = 0;
  subscribe("poolbook.pool", (pool) => pools.push((pool as { processes: number }).processes));
  subscribe("poolbook.task", () => {
    tasks++;
  });
  process.on("exit", () => writeFileSync(report, JSON.stringify({ pools, tasks })));
}
