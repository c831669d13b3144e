export type JsonObject = Record<string, unknown>;

// A notebook may put another function in its place.
const { isArray } = Array;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !isArray(value);
}
