/** The same work for all: four workers that do it. */
export interface Contender {
  readonly name: string;
  /** Starts everything, and resolves when each worker has answered. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** So many calls that do nothing, one after another. */
  roundTrips(count: number): Promise<unknown>;
  /** So many calls that do nothing, all at once. */
  inFlight(count: number): Promise<unknown>;
  /** The squares of so many numbers, in 16 chunks. Dask, which looks into every list, takes more than a minute for 10^6. */
  mapNumbers?(count: number): Promise<unknown>;
}

export const workers = 4;
export const chunks = 16;
