/** Weight of the latest task in the running mean. */
const weight = 0.2;

/** The duration of the tasks of each family of functions, as a running mean in milliseconds. */
export class Durations {
  readonly #means = new Map<string, number>();

  /** Infinity for a function that has not run yet, nor another one of its family. */
  mean(family: string): number {
    return this.#means.get(family) ?? Number.POSITIVE_INFINITY;
  }

  add(family: string, duration: number): void {
    const mean = this.#means.get(family);
    this.#means.set(family, mean === undefined ? duration : mean + weight * (duration - mean));
  }
}
