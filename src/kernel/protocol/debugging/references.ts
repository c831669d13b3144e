/** The numbers by which front ends name members of variables: one for a path, whatever its value has become. */
export class References {
  readonly #paths: (readonly string[])[] = [[]];
  readonly #numbers = new Map<string, number>();

  /** The number of a path, from 1. */
  to(path: readonly string[]): number {
    const key = JSON.stringify(path);
    const number = this.#numbers.get(key) ?? this.#paths.push(path) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  path(reference: unknown): readonly string[] | undefined {
    return typeof reference === "number" && reference > 0 ? this.#paths[reference] : undefined;
  }
}
