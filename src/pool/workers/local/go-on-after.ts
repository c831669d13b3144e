import { setTimeout } from "node:timers";

const neverNotified = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Calls `goOn` when so many milliseconds are over; if that is urgent, before it returns: this thread sleeps meanwhile. */
export function goOnAfter(milliseconds: number, isUrgent: boolean, goOn: () => void): void {
  if (isUrgent || milliseconds === 0) {
    Atomics.wait(neverNotified, 0, 0, milliseconds);
    goOn();
  } else {
    // A timer counts whole ones, from the last time that it looked at the clock.
    setTimeout(goOn, Math.ceil(milliseconds) + 1).unref();
  }
}
