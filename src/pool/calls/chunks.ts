/** The chunksize that CPython chooses for `map`: about four chunks for each worker. */
export function defaultChunksize(length: number, processes: number): number {
  return Math.max(1, Math.ceil(length / (processes * 4)));
}

/** Start and end of each chunk. */
export function chunkBounds(length: number, chunksize: number): [start: number, end: number][] {
  const bounds: [number, number][] = [];
  for (let start = 0; start < length; start += chunksize) {
    bounds.push([start, Math.min(start + chunksize, length)]);
  }
  return bounds;
}
