import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const ticks = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

interface Process {
  readonly parent: number;
  readonly seconds: number;
}

/** Processor seconds that this process and all that descend from it have used so far, with those that have ended. */
export function processorSeconds(): number {
  const processes = readProcesses();
  const descends = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return pid === process.pid || (parent !== undefined && descends(parent));
  };
  return [...processes].filter(([pid]) => descends(pid)).reduce((sum, [, { seconds }]) => sum + seconds, 0);
}

function readProcesses(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // User and system time, and both of the children that were waited for: fields 14 to 17.
      const used = rest.slice(9, 13).reduce((sum, field) => sum + Number(field), 0);
      found.set(Number(name), { parent: Number(parent), seconds: used / ticks });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}
