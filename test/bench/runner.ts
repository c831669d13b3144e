import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runNotebook } from "poolbook/runner";
import { kernels, writeNotebook } from "../helpers/notebook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { BenchClient } from "./kernel/bench-client.js";
import { participants } from "./kernel/participants.js";
import { timeCommand } from "./runner/time-command.js";
import { tools } from "./runner/tools.js";
import { machine, median, printTargets, type Target } from "./targets.js";

const rounds = Number(process.argv[3] ?? 3);
const environment = await usePythonEnvironment();
const folder = mkdtempSync(path.join(tmpdir(), "poolbook-bench-"));
const { poolbook, papermill, jupyterExecute } = tools(environment, folder);

const trivial = Array.from({ length: 100 }, (_, i) => `${i} + 1`);
const lines = "for (let i = 0; i < 100_000; i++) console.log('line ' + i);";
const big = "const row = 'x'.repeat(1023); for (let i = 0; i < 51_200; i++) console.log(row);";
const files = {
  oneTslab: writeNotebook(folder, "one-tslab.ipynb", ["1 + 1"]),
  onePython: writeNotebook(folder, "one-python.ipynb", ["1 + 1"], { kernelspec: kernels.python3 }),
  hundred: writeNotebook(folder, "hundred.ipynb", trivial),
  lines: writeNotebook(folder, "lines.ipynb", [lines]),
  big: writeNotebook(folder, "big.ipynb", [big]),
};
const eight = Array.from({ length: 8 }, (_, i) => writeNotebook(folder, `eight-${i}.ipynb`, [`${i} + 1`]));

/** Milliseconds of a whole process, or of several one after another. */
const measured: Record<string, () => Promise<number>> = {
  "one tslab, poolbook": async () => (await timeCommand(poolbook([files.oneTslab]))).milliseconds,
  "one tslab, papermill": async () => (await timeCommand(papermill(files.oneTslab))).milliseconds,
  "one tslab, jupyter execute": async () => (await timeCommand(jupyterExecute(files.oneTslab))).milliseconds,
  "one python3, poolbook": async () => (await timeCommand(poolbook([files.onePython]))).milliseconds,
  "one python3, papermill": async () => (await timeCommand(papermill(files.onePython))).milliseconds,
  "one python3, jupyter execute": async () =>
    (await timeCommand(jupyterExecute(files.onePython))).milliseconds,
  "100 cells, poolbook": async () => (await timeCommand(poolbook([files.hundred]))).milliseconds,
  "100 cells, papermill": async () => (await timeCommand(papermill(files.hundred))).milliseconds,
  "8 notebooks, poolbook -j 2": async () => (await timeCommand(poolbook([...eight, "-j", "2"]))).milliseconds,
  "8 notebooks, papermill": async () => {
    let sum = 0;
    for (const file of eight) {
      sum += (await timeCommand(papermill(file))).milliseconds;
    }
    return sum;
  },
  "100,000 lines, poolbook": async () => (await timeCommand(poolbook([files.lines]))).milliseconds,
  "100,000 lines, papermill": async () => (await timeCommand(papermill(files.lines))).milliseconds,
  "a cell, runNotebook": cellOfRunner,
  "a cell, bare ZeroMQ": cellOfBareLoop,
  "peak MB with 50 MB of output": async () => (await timeCommand(poolbook([files.big]))).peakMegabytes,
};

/** Milliseconds of the median cell of a hundred, through the runner. */
async function cellOfRunner(): Promise<number> {
  const { cells } = await runNotebook(files.hundred);
  return median(cells.map(({ duration }) => duration));
}

async function cellOfBareLoop(): Promise<number> {
  const own = participants().find(({ name }) => name === "own");
  if (!own) {
    throw new Error("Expected our own kernel among the participants");
  }
  const client = await BenchClient.start(own);
  try {
    await client.request("kernel_info_request", {});
    const times: number[] = [];
    for (const source of trivial) {
      times.push(await client.execute(source));
    }
    return median(times);
  } finally {
    await client.stop();
  }
}

const samples = new Map<string, number[]>();
try {
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measured)) {
      samples.set(name, [...(samples.get(name) ?? []), await measure()]);
      console.error(`round ${round + 1} of ${rounds}: ${name}: ${samples.get(name)?.at(-1)?.toFixed(1)}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const medians = Object.fromEntries([...samples].map(([name, values]) => [name, median(values)]));
const of = (name: string) => medians[name] ?? Number.NaN;
const target = (what: string, figure: number, atMost: number): Target => ({ what, figure, atMost });
const results = printTargets([
  target("one tslab cell, to papermill", of("one tslab, poolbook") / of("one tslab, papermill"), 0.27),
  target("one python3 cell, to papermill", of("one python3, poolbook") / of("one python3, papermill"), 0.6),
  target("100 cells, to papermill", of("100 cells, poolbook") / of("100 cells, papermill"), 0.4),
  target("a cell over bare ZeroMQ, ms", of("a cell, runNotebook") - of("a cell, bare ZeroMQ"), 2),
  target(
    "8 notebooks -j 2, to papermill",
    of("8 notebooks, poolbook -j 2") / of("8 notebooks, papermill"),
    0.35,
  ),
  target("100,000 lines, to papermill", of("100,000 lines, poolbook") / of("100,000 lines, papermill"), 1),
  target("peak MB with 50 MB of output", of("peak MB with 50 MB of output"), 400),
]);
console.log(JSON.stringify({ suite: "runner", rounds, machine, medians, results }, null, 2));
