import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface Process {
  pid: number;
  parent: number;
  group: number;
  /** It waits for somebody to ask for its exit code. */
  hasEnded: boolean;
}

/** Every process on the machine, in the order of their numbers; empty where that cannot be known. */
export function listProcesses(): Process[] {
  if (process.platform === "linux") {
    return hasOwnProc()
      ? readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readProcess(name) : []))
      : [];
  }
  return process.platform === "win32" ? [] : processesByPs();
}

/** True where `listProcesses` can tell, as far as is known without asking another program. */
export function canListProcesses(): boolean {
  return process.platform === "linux" ? hasOwnProc() : process.platform !== "win32";
}

/** The process waits for somebody to ask for its exit code, as far as that can be seen. */
export function hasEnded(pid: number): boolean {
  return process.platform === "linux" && hasOwnProc() && readProcess(String(pid))[0]?.hasEnded === true;
}

/** In a container, /proc may be missing, or be that of other processes with the same numbers. */
function hasOwnProc(): boolean {
  try {
    return readlinkSync("/proc/self") === String(process.pid);
  } catch {
    return false;
  }
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

/** A notebook may have changed PATH. */
function processesByPs(): Process[] {
  const env = { ...process.env, PATH: `/bin:/usr/bin:${process.env.PATH ?? ""}` };
  const ps = spawnSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], { encoding: "utf8", env });
  return (ps.stdout ?? "").split("\n").flatMap((line) => {
    const [pid, parent, group, state = ""] = line.trim().split(/\s+/);
    return pid && Number(pid) !== ps.pid
      ? [{ pid: Number(pid), parent: Number(parent), group: Number(group), hasEnded: state.startsWith("Z") }]
      : [];
  });
}
