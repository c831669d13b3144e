import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Broker } from "../../helpers/broker.js";
import { type Contender, chunks, workers } from "./contender.js";

const scripts = fileURLToPath(new URL("../../../../test/bench/cluster/", import.meta.url));
const environment = fileURLToPath(new URL("../../../../.build/bench-cluster/", import.meta.url));

/** Celery and Dask in a Python environment of their own, which is made when it is missing. */
export function pythonContenders(broker: Broker): Contender[] {
  if (!existsSync(join(environment, "bin", "celery"))) {
    execFileSync("python3", ["-m", "venv", environment]);
    const packages = ["celery[redis]", "distributed"];
    execFileSync(join(environment, "bin", "pip"), ["install", "--quiet", ...packages], { stdio: "inherit" });
  }
  return [contender("Celery", "celery_driver.py", broker), contender("Dask", "dask_driver.py", broker)];
}

/** A script that answers each line of JSON with a line, when it has done what the line says. */
function contender(name: string, script: string, broker: Broker): Contender {
  let child: ChildProcess;
  let lines: Interface;
  const ask = async (method: string, ...args: number[]) => {
    child.stdin?.write(`${JSON.stringify([method, ...args])}\n`);
    await once(lines, "line");
  };
  return {
    name,
    async start() {
      child = spawn(join(environment, "bin", "python"), [script], {
        cwd: scripts,
        stdio: ["pipe", "pipe", "inherit"],
        env: { ...process.env, BROKER: broker.url, PYTHONDONTWRITEBYTECODE: "1" },
      });
      lines = createInterface({ input: child.stdout ?? process.stdin });
      await ask("start", workers);
    },
    async stop() {
      await ask("stop");
      const exit = once(child, "exit");
      child.stdin?.end();
      await exit;
    },
    roundTrips: (count) => ask("roundTrips", count),
    inFlight: (count) => ask("inFlight", count),
    ...(name === "Celery" && { mapNumbers: (count: number) => ask("mapNumbers", count, chunks) }),
  };
}
