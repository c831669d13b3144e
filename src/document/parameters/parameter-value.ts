/** A parameter's value. A `bigint` is an integer and a `number` a float: languages that tell them apart need to know. */
export type ParameterValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | ParameterValue[]
  | { [key: string]: ParameterValue };

export type Parameters = Record<string, ParameterValue>;

/** Thrown when parameters cannot be read, are not declared, or cannot be written in the notebook's language. */
export class ParameterError extends Error {
  override name = "ParameterError";
}

export function isMapping(value: ParameterValue): value is { [key: string]: ParameterValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
