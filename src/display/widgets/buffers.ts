import { isJsonObject, type JsonObject } from "../../jupyter/json-object.js";

// Widgets' messages carry bytes beside the JSON: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md

type BufferPath = (string | number)[];

export interface SplitState {
  state: JsonObject;
  buffer_paths: BufferPath[];
  buffers: (ArrayBuffer | ArrayBufferView)[];
}

/**
 * The state without its bytes: keys are taken out of objects, elements of lists become null. Throws a TypeError that
 * names the place of a value which would arrive as another one.
 */
export function splitBuffers(state: JsonObject): SplitState {
  const split: SplitState = { state: {}, buffer_paths: [], buffers: [] };
  split.state = membersWithout(split, state, []);
  return split;
}

function membersWithout(split: SplitState, members: JsonObject, path: BufferPath): JsonObject {
  const entries = Object.entries(members).flatMap(([key, value]) => {
    const kept = without(split, value, [...path, key]);
    return kept === taken || kept === undefined ? [] : [[key, kept]];
  });
  return Object.fromEntries(entries);
}

const taken = Symbol("taken");

function without(split: SplitState, value: unknown, path: BufferPath): unknown {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    split.buffer_paths.push(path);
    split.buffers.push(value);
    return taken;
  }
  if (Array.isArray(value)) {
    return value.map((element, index) => {
      const kept = without(split, element, [...path, index]);
      return kept === taken || kept === undefined ? null : kept;
    });
  }
  if (isJsonObject(value)) {
    if (typeof value.toJSON === "function") {
      return without(split, value.toJSON(), path);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      return membersWithout(split, value, path);
    }
  } else if (value === null || isJsonPrimitive(value)) {
    return value;
  }
  throw new TypeError(
    `Expected \`${path.join(".")}\` to be JSON or bytes for the front end, got \`${describe(value)}\``,
  );
}

function isJsonPrimitive(value: unknown): boolean {
  return typeof value === "number"
    ? Number.isFinite(value)
    : ["string", "boolean", "undefined"].includes(typeof value);
}

function describe(value: unknown): string {
  return typeof value === "object"
    ? (value?.constructor.name ?? "object")
    : `${typeof value} ${String(value)}`;
}

/** Puts the bytes back into the state that came with them; a path that leads nowhere is ignored. */
export function putBuffers(state: JsonObject, paths: unknown, buffers: readonly Uint8Array[]): void {
  for (const [index, path] of Array.isArray(paths) ? paths.entries() : []) {
    const buffer = buffers[index];
    if (Array.isArray(path) && buffer) {
      put(state, path, buffer);
    }
  }
}

function put(state: JsonObject, path: unknown[], buffer: Uint8Array): void {
  let place: unknown = state;
  for (const key of path.slice(0, -1)) {
    place = isContainer(place) && Object.hasOwn(place, String(key)) ? place[String(key)] : undefined;
  }
  if (isContainer(place)) {
    Object.defineProperty(place, String(path.at(-1)), {
      value: buffer,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
