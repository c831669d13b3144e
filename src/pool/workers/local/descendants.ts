import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** The processes that a process has started and those that they have started, as far as the system tells. */
export function descendantsOf(pid: number): number[] {
  const children = childrenInProc(pid) ?? childrenByPs(pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Undefined where Linux does not list the children of its threads, or there is no /proc. */
function childrenInProc(pid: number): number[] | undefined {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).flatMap((thread) =>
      readFileSync(`${tasks}/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return undefined;
  }
}

function childrenByPs(pid: number): number[] {
  if (process.platform === "win32") {
    return [];
  }
  const { stdout } = spawnSync("ps", ["-A", "-o", "ppid=,pid="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [parent, child] = line.trim().split(/\s+/).map(Number);
    return parent === pid && child ? [child] : [];
  });
}
