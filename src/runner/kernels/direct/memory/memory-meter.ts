import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const interval = 100;

/**
 * Measures the most memory that a process and all it started held at once: the sum of their resident sizes, in which pages that they
 * share count once for each. It is looked at ten times a second; the process itself is also asked for its own peak, so that a short one
 * of its own is not missed. Only Linux tells; elsewhere nothing is measured.
 */
export class MemoryMeter {
  #pid: number;
  #peak = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(pid: number) {
    this.#pid = pid;
  }

  start(): void {
    this.#peak = 0;
    resetPeak(this.#pid);
    this.#look();
    this.#timer = setInterval(() => this.#look(), interval).unref();
  }

  /** The peak since `start()`, in bytes; undefined where it cannot be known. */
  stop(): number | undefined {
    clearInterval(this.#timer);
    this.#look();
    this.#peak = Math.max(this.#peak, sizeOf(this.#pid, "VmHWM"));
    return this.#peak === 0 ? undefined : this.#peak;
  }

  #look(): void {
    let sum = 0;
    const seen = new Set<number>();
    const left = [this.#pid];
    for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
      if (!seen.has(pid)) {
        seen.add(pid);
        sum += sizeOf(pid, "VmRSS");
        left.push(...childrenOf(pid));
      }
    }
    this.#peak = Math.max(this.#peak, sum);
  }
}

function sizeOf(pid: number, field: "VmRSS" | "VmHWM"): number {
  const status = read(`/proc/${pid}/status`);
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) * 1024;
}

function childrenOf(pid: number): number[] {
  const threads = attempt(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  return threads.flatMap((thread) =>
    (read(`/proc/${pid}/task/${thread}/children`).match(/\d+/g) ?? []).map(Number),
  );
}

/** Has the system count the peak of a process anew, as proc(5) says of `clear_refs`. */
function resetPeak(pid: number): void {
  attempt(() => writeFileSync(`/proc/${pid}/clear_refs`, "5"));
}

function read(file: string): string {
  return attempt(() => readFileSync(file, "utf8")) ?? "";
}

/** Processes end while they are looked at. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
