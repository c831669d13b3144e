/** Signs of life in the time after which silence counts as death. */
export const beatsPerLease = 6;

/** The heartbeat's thread gets it. */
export interface HeartbeatData {
  readonly url: string;
  readonly client: string;
  readonly lease: number;
  /** One float64: the time at which the broker had the last beat, by `now`. */
  readonly lastBeat: SharedArrayBuffer;
}
