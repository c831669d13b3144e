import { listProcesses, type Process } from "./process-list.js";

/** The process and those it started, except those that were detached into a group of their own. */
export function processTree(root: number, processes: readonly Process[] = listProcesses()): number[] {
  const group = processes.find(({ pid }) => pid === root)?.group;
  const children = processes.filter((child) => child.parent === root && child.group === group);
  return [root, ...children.flatMap(({ pid }) => processTree(pid, processes))];
}

/** The PID is a process's, or with a minus sign a group's; false if there is none. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
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
