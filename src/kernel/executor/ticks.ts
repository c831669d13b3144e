let epoch = 0;

/**
 * Makes `process.nextTick` forget what waits when `dropTicks` is called. A termination drops waiting promises but not
 * ticks, and one that schedules itself again would go on after every interrupt.
 */
export function installDroppableTicks(): void {
  const { nextTick } = process;
  const run = (scheduled: number, callback: (...args: unknown[]) => void, args: unknown[]) => {
    if (scheduled === epoch) {
      callback(...args);
    }
  };
  process.nextTick = (callback: (...args: never[]) => void, ...args: unknown[]) => {
    if (typeof callback !== "function") {
      // Node knows the error to throw.
      nextTick(callback);
    }
    nextTick(run, epoch, callback as (...args: unknown[]) => void, args);
  };
}

export function dropTicks(): void {
  epoch++;
}
