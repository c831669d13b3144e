import { readFileSync } from "node:fs";
import { clearInterval, setInterval } from "node:timers";

/** Milliseconds between two looks. */
const interval = 100;
const kibibytes = 1024;

/** The reason why a worker dies that took too much memory. */
export function memoryError(maxMemory: number, options: ErrorOptions = {}): RangeError {
  return new RangeError(`Worker took more memory than its \`maxMemory\` of ${maxMemory} MiB`, options);
}

/**
 * Calls `onExceeded` as soon as the process is seen to hold more memory, whatever the kind. Only where the system tells
 * of it in /proc; elsewhere the limit of V8's heap is all there is. Returns a function that ends the watch.
 */
export function watchMemory(pid: number, maxMemory: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    if (residentMemory(pid) > maxMemory * kibibytes) {
      clearInterval(timer);
      onExceeded();
    }
  }, interval).unref();
  return () => clearInterval(timer);
}

/** In KiB; 0 where the system does not tell in /proc. */
export function residentMemory(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
