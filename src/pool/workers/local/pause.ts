import { setTimeout } from "node:timers";

const neverNotified = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Goes on when so many milliseconds are over: before it returns, all else waiting meanwhile, or later. */
export function goOnAfter(milliseconds: number, isUrgent: boolean, goOn: () => void): void {
  if (isUrgent || milliseconds === 0) {
    Atomics.wait(neverNotified, 0, 0, milliseconds);
    goOn();
  } else {
    // A timer counts whole ones, from the last time that it looked at the clock.
    setTimeout(goOn, Math.ceil(milliseconds) + 1).unref();
  }
}
