/** As it was at the beginning: a task, or a test, may put one of its own in its place. */
const { hrtime } = process;

/** Milliseconds on the clock that all processes of this machine share; fractions included, beginning unspecified. */
export function now(): number {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

const epoch = Date.now() - now();

/** The same time in milliseconds since the epoch. */
export function sinceEpoch(time: number): number {
  return epoch + time;
}

/** Whole microseconds from one time to a later one: as text, they are written and read in half the time of a fraction. */
export function microsecondsSince(start: number, time: number): number {
  return Math.round((time - start) * 1e3);
}

/** The time that many microseconds after another. */
export function timeAfter(start: number, microseconds: number): number {
  return start + microseconds / 1e3;
}
