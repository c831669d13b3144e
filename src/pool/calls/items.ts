/** The input of the map family: anything that can be iterated, at once or while its items come in. */
export type Items<T> = Iterable<T> | AsyncIterable<T>;

/** Throws a TypeError unless the items can be iterated. */
export function checkItems(items: unknown): void {
  const isIterable =
    typeof items === "string" ||
    (typeof items === "object" &&
      items !== null &&
      (Symbol.iterator in items || Symbol.asyncIterator in items));
  if (!isIterable) {
    throw new TypeError(`Expected \`items\` to be iterable, got \`${String(items)}\``);
  }
}

export function isSync<T>(items: Items<T>): items is Iterable<T> {
  return typeof items === "string" || Symbol.iterator in items;
}
