/** Known where the libraries know it that the compiler reads. */
type Float16 = typeof globalThis extends { Float16Array: { prototype: infer Type } } ? Type : never;

/** For these, `map` gives one of the same kind. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Float16;

/** The values of a task or of its result. */
export type Values = readonly unknown[] | TypedArray;

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** An array for the results of a map: of the same kind as a typed one, else an ordinary one. */
export function resultsFor(values: Values): unknown[] {
  const { length } = values;
  // A typed array takes whatever is assigned to its elements, as an ordinary one does.
  return isTypedArray(values) ? (typedArrayLike(values, length) as unknown as unknown[]) : new Array(length);
}

function typedArrayLike(array: TypedArray, length: number): TypedArray {
  if (Buffer.isBuffer(array)) {
    return Buffer.alloc(length);
  }
  return new (array.constructor as new (length: number) => TypedArray)(length);
}
