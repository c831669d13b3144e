import { hasEnded, listProcesses, type Process } from "../../shared/process-list.js";

/** The process and those it started, except those that were detached into a group of their own. */
function tree(root: number, processes: Process[]): number[] {
  const group = processes.find(({ pid }) => pid === root)?.group;
  const children = processes.filter((child) => child.parent === root && child.group === group);
  return [root, ...children.flatMap(({ pid }) => tree(pid, processes))];
}

/** The PID is a process's, or with a minus sign a group's; false if there is none. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export function signalAll(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    signal(pid, name);
  }
}

/**
 * The processes that this process has started and not detached. Where the system does not tell, those among the `noted`
 * children that lead no group of their own.
 */
export function descendants(noted: readonly number[]): number[] {
  const processes = listProcesses();
  return processes.length > 0
    ? tree(process.pid, processes).slice(1)
    : noted.filter((pid) => !signal(-pid, 0));
}

/**
 * Signals the child that was started last, with what it started. Where the system does not tell which that is, the
 * whole group, if it is this process's own; false if it is not.
 */
export function signalNewestChild(name: NodeJS.Signals): boolean {
  const processes = listProcesses();
  if (processes.length === 0) {
    return signal(-process.pid, name);
  }
  const newest = processes.findLast(({ parent }) => parent === process.pid);
  if (newest) {
    signalAll(tree(newest.pid, processes), name);
  }
  return true;
}

export function isAlive(pid: number): boolean {
  return signal(pid, 0) && !hasEnded(pid);
}
