import type { Companion } from "../wire/companions.cjs";
import { freezeAll, walkThrough } from "../wire/object-walk.cjs";
import { decode } from "../wire/structured-clone.cjs";

interface ReceivedValue {
  readonly id: number;
  readonly parts: Uint8Array;
  readonly companions: readonly Companion[] | undefined;
}

const received = new Map<number, ReceivedValue>();
const values = new Map<number, unknown>();

export function addShared(value: ReceivedValue): void {
  received.set(value.id, value);
}

export function forgetShared(id: number): void {
  received.delete(id);
  values.delete(id);
}

/** The one value of that definition in this worker, frozen. */
export function sharedValue(id: number): unknown {
  const encoded = received.get(id);
  if (!encoded) {
    return values.get(id);
  }
  received.delete(id);
  const value = decode(encoded.parts, encoded.companions);
  const walk = walkThrough(Object(value), () => true);
  if (walk) {
    freezeAll(walk);
  }
  values.set(id, value);
  return value;
}
