/** When each task ends if the first worker that is free takes the next one; all times in the unit of `durations`. */
export function finishTimesOf(durations: readonly number[], workers: number): number[] {
  const free = new Array<number>(workers).fill(0);
  return durations.map((duration) => {
    const worker = free.indexOf(Math.min(...free));
    free[worker] = (free[worker] ?? 0) + duration;
    return free[worker];
  });
}
