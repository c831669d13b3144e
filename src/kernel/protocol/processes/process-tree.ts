import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface Process {
  pid: number;
  parent: number;
  group: number;
  /** It waits for somebody to ask for its exit code. */
  hasEnded: boolean;
}

/** Every process on the machine, in the order of their numbers; empty where that cannot be known. */
function listProcesses(): Process[] {
  if (process.platform === "linux") {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readProcess(name) : []));
  }
  if (process.platform === "win32") {
    return [];
  }
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [pid, parent, group, state = ""] = line.trim().split(/\s+/);
    return pid
      ? [{ pid: Number(pid), parent: Number(parent), group: Number(group), hasEnded: state.startsWith("Z") }]
      : [];
  });
}

function readProcess(name: string): Process[] {
  try {
    const status = readFileSync(`/proc/${name}/stat`, "utf8");
    // The second field is the command in parentheses and may hold anything.
    const [state = "", parent, group] = status.slice(status.lastIndexOf(")") + 2).split(" ", 3);
    return [
      { pid: Number(name), parent: Number(parent), group: Number(group), hasEnded: /[ZX]/.test(state) },
    ];
  } catch {
    return [];
  }
}

/** The process and those it started, except those that were detached into a group of their own. */
function tree(root: number, processes: Process[]): number[] {
  const group = processes.find(({ pid }) => pid === root)?.group;
  const children = processes.filter((child) => child.parent === root && child.group === group);
  return [root, ...children.flatMap(({ pid }) => tree(pid, processes))];
}

export function signalAll(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It is gone already.
    }
  }
}

/** The processes that this process has started and not detached. */
export function descendants(): number[] {
  return tree(process.pid, listProcesses()).slice(1);
}

/** Signals the child that was started last, with what it started. */
export function signalNewestChild(name: NodeJS.Signals): void {
  const processes = listProcesses();
  const newest = processes.findLast(({ parent }) => parent === process.pid);
  if (newest) {
    signalAll(tree(newest.pid, processes), name);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return process.platform !== "linux" || readProcess(String(pid))[0]?.hasEnded !== true;
}
