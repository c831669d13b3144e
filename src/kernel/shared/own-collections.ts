const { defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;

/** A map that keeps its methods and its size whatever cells make of those of all maps. */
export class OwnMap<K, V> extends Map<K, V> {
  // Older V8 would spread parameters that nobody gave, by the iterator of arrays.
  constructor(entries?: Iterable<readonly [K, V]>) {
    super(entries);
  }
}

/** A set that keeps its methods and its size whatever cells make of those of all sets. */
export class OwnSet<T> extends Set<T> {
  constructor(values?: Iterable<T>) {
    super(values);
  }
}

copyProperties(Map.prototype, OwnMap.prototype);
copyProperties(Set.prototype, OwnSet.prototype);

function copyProperties(from: object, to: object): void {
  for (const key of ownKeys(from)) {
    const descriptor = getOwnPropertyDescriptor(from, key);
    if (descriptor && key !== "constructor") {
      defineProperty(to, key, descriptor);
    }
  }
}
