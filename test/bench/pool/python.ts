import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contender } from "./contender.js";

const script = fileURLToPath(new URL("../../../../test/bench/pool/python.py", import.meta.url));

let child: ChildProcess;
let lines: Interface;

async function ask(method: string, ...args: number[]): Promise<number> {
  child.stdin?.write(`${JSON.stringify([method, ...args])}\n`);
  const [line] = (await once(lines, "line")) as [string];
  return JSON.parse(line) as number;
}

/** Python's own pool, in a process of its own that measures by itself. */
export const python: Contender = {
  name: "Python multiprocessing",
  async start() {
    if (!child) {
      child = spawn("python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
      if (child.stdout) {
        lines = createInterface(child.stdout);
      }
    }
    await ask("start");
  },
  async stop() {
    await ask("stop");
  },
  roundTrip: (count) => ask("roundTrip", count),
  inFlight: (count) => ask("inFlight", count),
  inFlightInline: (count) => ask("inFlight", count),
  inFlightCapturing: (count) => ask("inFlight", count),
  mapNumbers: (count) => ask("mapNumbers", count),
  mapPrimes: (count, limit) => ask("mapPrimes", count, limit),
  echoBytes: (count) => ask("echoBytes", count),
  twoNaps: () => ask("twoNaps"),
};

export function endPython(): void {
  child?.stdin?.end();
}
