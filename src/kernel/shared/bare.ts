const { setPrototypeOf } = Reflect;

/** An object for an async function to give, which must not find what a cell has added to all objects: `then`. */
export function bare<T extends object>(value: T): T {
  setPrototypeOf(value, null);
  return value;
}
