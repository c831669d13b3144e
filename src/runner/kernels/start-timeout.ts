import { longTimeout } from "../long-timeout.js";
import type { StartOptions } from "./kernel-host.js";
import { KernelStartError } from "./kernel-start-error.js";

/** Resolves as `wait` does, which is given up, and its signal aborts, after `startTimeout` or with `signal`. */
export async function withinStartTimeout<T>(
  name: string,
  { startTimeout, signal }: StartOptions,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const stop = longTimeout(() => timeout.abort(), startTimeout * 1000);
  try {
    const gaveUp = AbortSignal.any([signal, timeout.signal]);
    return await Promise.race([wait(gaveUp), rejection(gaveUp)]);
  } catch (cause) {
    if (signal.aborted || !timeout.signal.aborted) {
      throw cause;
    }
    throw new KernelStartError(`kernel "${name}" did not answer within ${startTimeout} s`, false, { cause });
  } finally {
    stop();
    timeout.abort();
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
    }
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
