import type { AnyFunction } from "../../function-types.js";
import { isObject } from "../objects.js";
import { inspected, itemsOf, taken } from "./inspector.js";

export type Variables = Readonly<Record<string, unknown>>;

/** The variables of a block, a function or a module. */
export interface Scope {
  readonly variables: Variables;
  /** It is that of an ECMAScript module, with the names that the module imports. */
  readonly isModule: boolean;
}

/** The scopes around a function, innermost first, without the global one. */
export function scopesAround(fn: AnyFunction): Scope[] {
  return inspected(fn, ({ internalProperties }) => {
    const list = internalProperties?.find(({ name }) => name === "[[Scopes]]")?.value;
    const shown = list?.objectId ? itemsOf(list).filter(isScope) : [];
    return shown
      .filter(({ description }) => description !== "Global")
      .map(({ object, description }) => ({ variables: object, isModule: description === "Module" }));
  });
}

/**
 * The value of a variable; undefined while it has none. V8 from Node 22 on then throws, as it does from Node 24 on for
 * a function expression's own name.
 */
export function valueIn(variables: Variables, name: string): unknown {
  try {
    return variables[name];
  } catch {
    return undefined;
  }
}

/** As V8 shows a scope. */
function isScope(value: unknown): value is { description: unknown; object: Variables } {
  return isObject(value) && "description" in value && "object" in value;
}

/** The function that a bound one calls, and the arguments that it is given first; undefined for one that is not bound. */
export function boundTo(fn: AnyFunction): { target: unknown; given: readonly unknown[] } | undefined {
  return inspected(fn, ({ internalProperties = [] }) => {
    const shownAs = (name: string) => internalProperties.find((property) => property.name === name)?.value;
    const [target, given] = [shownAs("[[TargetFunction]]"), shownAs("[[BoundArgs]]")];
    return target && given && { target: taken([target])[0], given: [...itemsOf(given)] };
  });
}

/** The private static fields of a class, by their names with `#`. */
export function privateStatics(type: AnyFunction): Variables {
  return inspected(type, ({ privateProperties = [] }) => {
    const values = taken(privateProperties.map(({ value }) => value));
    return Object.fromEntries(privateProperties.map(({ name = "" }, index) => [name, values[index]]));
  });
}

export interface WeakEntry {
  readonly key: unknown;
  readonly value?: unknown;
}

/** The entries of a WeakMap, or of a WeakSet, of which each is a key alone. */
export function weakEntries(weak: object): WeakEntry[] {
  return inspected(weak, ({ internalProperties = [] }) => {
    const list = internalProperties.find(({ name }) => name === "[[Entries]]")?.value;
    return list?.objectId ? itemsOf(list).map(entryOf) : [];
  });
}

/** As V8 shows an entry. */
function entryOf(shown: unknown): WeakEntry {
  const { key, value } = Object(shown);
  return { key: key ?? value, value };
}
