/** Milliseconds since the epoch, fractions included: comparable between the processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
