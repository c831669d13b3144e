import { readFileSync } from "node:fs";

/** The places in which Linux counts the processes that it has killed for want of memory, the most particular first. */
function countersOf(pid: number | "self"): { file: string; name: string }[] {
  const groups = textOf(`/proc/${pid}/cgroup`);
  const unified = /^0::(.*)$/m.exec(groups)?.[1];
  const separate = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(groups)?.[1];
  return [
    ...(unified === undefined ? [] : [{ file: `/sys/fs/cgroup${unified}/memory.events`, name: "oom_kill" }]),
    { file: "/sys/fs/cgroup/memory.events", name: "oom_kill" },
    ...(separate === undefined
      ? []
      : [{ file: `/sys/fs/cgroup/memory${separate}/memory.oom_control`, name: "oom_kill" }]),
    { file: "/proc/vmstat", name: "oom_kill" },
  ];
}

/** Tells whether the system has killed a process for want of memory since it was made. */
export class OutOfMemoryWatch {
  #counter: { file: string; name: string } | undefined;
  #before: number | undefined;

  constructor(pid: number | "self" = "self") {
    this.#counter = countersOf(pid).find((counter) => countIn(counter) !== undefined);
    this.#before = this.#counter && countIn(this.#counter);
  }

  get hasKilled(): boolean {
    const now = this.#counter && countIn(this.#counter);
    return now !== undefined && this.#before !== undefined && now > this.#before;
  }
}

function countIn({ file, name }: { file: string; name: string }): number | undefined {
  const count = new RegExp(`^${name} (\\d+)$`, "m").exec(textOf(file))?.[1];
  return count === undefined ? undefined : Number(count);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
