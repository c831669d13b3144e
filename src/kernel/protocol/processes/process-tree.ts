import { hasEnded, listProcesses } from "../../shared/process-list.js";
import { processTree, signal, signalAll } from "../../shared/process-tree.js";

/**
 * The processes that this process has started and not detached. Where the system does not tell, those among the `noted`
 * children that lead no group of their own.
 */
export function descendants(noted: readonly number[]): number[] {
  const processes = listProcesses();
  return processes.length > 0
    ? processTree(process.pid, processes).slice(1)
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
    signalAll(processTree(newest.pid, processes), name);
  }
  return true;
}

export function isAlive(pid: number): boolean {
  return signal(pid, 0) && !hasEnded(pid);
}
