const { apply } = Reflect;

let epoch = 0;
let isDropping = false;

/**
 * Makes `process.nextTick` forget what waits when `dropTicks` is called. A termination drops waiting promises but not
 * ticks, and one that schedules itself again would go on after every interrupt.
 */
export function installDroppableTicks(): void {
  const { nextTick } = process;
  const run = (scheduled: number, callback: (...args: unknown[]) => void, args: unknown[]) => {
    if (scheduled === epoch && !isDropping) {
      apply(callback, undefined, args);
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

/** Forgets what waits, and with `untilCalledAgain` what comes after it too. */
export function dropTicks(options: { untilCalledAgain: boolean }): void {
  epoch++;
  isDropping = options.untilCalledAgain;
}
