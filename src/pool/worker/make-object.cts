import type { Flags, ObjectPart, ObjectProperty, Property, ValuePart } from "../wire/function-parts.cjs";
import { walkThrough } from "../wire/object-walk.cjs";
import { addEntry, assign, emptyObjects } from "./objects.cjs";

/** The parts around, while they are made. */
export interface Workshop {
  value(place: number): unknown;
  /** At once, unless one of the values cannot be made yet. */
  whenMade(places: readonly number[], use: () => void): void;
  /** When all are made. */
  atLast(use: () => void): void;
}

/** Makes the objects in a value what they are: instances of classes, without a prototype, frozen. */
export function madeSpecial({ value, instances = [], bare, frozen }: ValuePart, workshop: Workshop): unknown {
  if (instances.length === 0 && !bare && !frozen) {
    return value;
  }
  const objects = walkThrough(Object(value), () => true)?.objects ?? [];
  for (const [type, indices] of instances) {
    workshop.whenMade([type], () => {
      const { prototype } = Object(workshop.value(type));
      for (const index of indices) {
        Object.setPrototypeOf(objects[index], prototype);
      }
    });
  }
  for (const index of bare ?? []) {
    Object.setPrototypeOf(objects[index], null);
  }
  workshop.atLast(() => {
    for (const index of frozen ?? []) {
      Object.freeze(objects[index]);
    }
  });
  return value;
}

/** `remember` gets the object before it has anything, as it may hold itself. */
export function makeObject(part: ObjectPart, workshop: Workshop, remember: (object: object) => void): void {
  const { shape, class: type, isBare, parent, properties, isExtensible, entries } = part;
  const object = emptyObjects[shape]();
  remember(object);
  if (isBare) {
    Object.setPrototypeOf(object, null);
  }
  if (type !== undefined) {
    workshop.whenMade([type], () => Object.setPrototypeOf(object, Object(workshop.value(type)).prototype));
  }
  if (parent !== undefined) {
    Object.setPrototypeOf(object, Object(workshop.value(parent)));
  }
  for (const property of properties) {
    addProperty(object, property, workshop);
  }
  for (const [key, value] of entries) {
    workshop.whenMade([key, value], () => addEntry(object, workshop.value(key), workshop.value(value)));
  }
  if (!isExtensible) {
    workshop.atLast(() => Object.preventExtensions(object));
  }
}

function addProperty(
  object: object,
  { key, value, get, set, flags }: ObjectProperty,
  workshop: Workshop,
): void {
  const name = typeof key === "string" ? key : (workshop.value(key) as symbol);
  if (value === undefined) {
    const accessors = [get, set].filter((place) => place !== undefined);
    workshop.whenMade(accessors, () =>
      Object.defineProperty(object, name, accessorsOf({ get, set }, flags, workshop)),
    );
    return;
  }
  const isVisible = flags?.enumerable ?? true;
  assign(object, name, workshop.value(value), isVisible);
  workshop.whenMade([value], () => assign(object, name, workshop.value(value), isVisible));
  if (flags) {
    workshop.atLast(() => Object.defineProperty(object, name, flags));
  }
}

export function accessorsOf(
  { get, set }: Property,
  flags: Partial<Flags> | undefined,
  workshop: Workshop,
): PropertyDescriptor {
  const made = (place: number | undefined) => (place === undefined ? undefined : workshop.value(place));
  return {
    ...flags,
    get: made(get) as (() => unknown) | undefined,
    set: made(set) as (() => void) | undefined,
  };
}
