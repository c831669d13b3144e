/** Weight of the latest task in the running mean. */
const weight = 0.2;

/** The duration of the tasks of each function, as a running mean in milliseconds. */
export class Durations {
  readonly #means = new Map<number, number>();

  /** Infinity for a function that has not run yet. */
  mean(functionId: number): number {
    return this.#means.get(functionId) ?? Number.POSITIVE_INFINITY;
  }

  add(functionId: number, duration: number): void {
    const mean = this.#means.get(functionId);
    this.#means.set(functionId, mean === undefined ? duration : mean + weight * (duration - mean));
  }
}
