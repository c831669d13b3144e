import type { AnyFunction } from "../../function-types.js";
import { inspected, propertiesOf, taken } from "./inspector.js";

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
    if (!list?.objectId) {
      return [];
    }
    const shown = propertiesOf(list.objectId).result.flatMap(({ value }) => value ?? []);
    const around = shown.filter(({ objectId, description }) => objectId && description !== "Global");
    return taken(around).flatMap((scope, index) => {
      const isModule = around[index]?.description === "Module";
      return hasVariables(scope) ? [{ variables: scope.object, isModule }] : [];
    });
  });
}

function hasVariables(scope: unknown): scope is { object: Variables } {
  return typeof scope === "object" && scope !== null && "object" in scope;
}

/** The private static fields of a class, by their names with `#`. */
export function privateStatics(type: AnyFunction): Variables {
  return inspected(type, ({ privateProperties = [] }) => {
    const values = taken(privateProperties.map(({ value }) => value));
    return Object.fromEntries(privateProperties.map(({ name = "" }, index) => [name, values[index]]));
  });
}
