/** What each pool is asked to do. Times are milliseconds; undefined where a pool cannot do it. */
export interface Contender {
  readonly name: string;
  /** Starts two workers and resolves when both have answered. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Milliseconds of one call that does nothing, awaited: the median of `count` calls in a row. */
  roundTrip?(count: number): Promise<number>;
  /** Milliseconds until `count` calls that do nothing, all in flight, are done. */
  inFlight?(count: number): Promise<number>;
  /** The same, with a function that is written in each call; for Python, which has no such, with one function. */
  inFlightInline?(count: number): Promise<number>;
  /** The same, with a function that has captured a number; for Python with one function. */
  inFlightCapturing?(count: number): Promise<number>;
  /** Milliseconds for the squares of `count` numbers, from an array to an array. */
  mapNumbers?(count: number): Promise<number>;
  /** The same, from a Float64Array to a Float64Array. */
  mapFloats?(count: number): Promise<number>;
  /** Milliseconds to count the primes below `limit`, `count` times. */
  mapPrimes?(count: number, limit: number): Promise<number>;
  /** Milliseconds for 1 MiB of bytes, there and back: the median of `count` trips. */
  echoBytes?(count: number): Promise<number>;
  /** The same, where no bytes are copied. */
  handBytesOver?(count: number): Promise<number>;
  /** Milliseconds for two calls that wait for a second each, side by side. */
  twoNaps?(): Promise<number>;
  /** Process IDs of the workers, to ask for their memory. */
  pids?(): number[];
}
