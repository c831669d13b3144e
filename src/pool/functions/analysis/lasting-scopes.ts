import type { AnyFunction } from "../../function-types.js";
import { type Scope, scopesAround, valueIn } from "../inspection/closure.js";
import { isOwnExport } from "../references/known-values.js";
import { declarationOf } from "./constants.js";

/** The times that the variables of a function were looked at. */
const looks = new WeakMap<AnyFunction, number>();

/** The look at which it is decided, once, whether others are needed: to parse a script takes as long as many of them. */
const decisiveLook = 4;

interface LastingScopes {
  readonly names: readonly string[];
  readonly scopes: readonly Scope[];
}

/** By function, the scopes around it, with no more than these names, if all of them are those of constants. */
const lasting = new WeakMap<AnyFunction, LastingScopes>();

/** As `scopesAround`, for these names; but constants are not looked at again, which takes longer than all else. */
export function scopesWith(fn: AnyFunction, names: readonly string[]): readonly Scope[] {
  const last = lasting.get(fn);
  if (last?.names.join() === names.join()) {
    return last.scopes;
  }
  const shown = scopesAround(fn);
  const look = (looks.get(fn) ?? 0) + 1;
  looks.set(fn, look);
  if (look === decisiveLook && names.every((name) => isLasting(fn, name, shown))) {
    const scopes = shown.map((scope) => ({ ...scope, variables: ofThese(names, scope) }));
    lasting.set(fn, { names, scopes });
  }
  return shown;
}

/** A constant that has its value, or nothing that the script declares. */
function isLasting(fn: AnyFunction, name: string, scopes: readonly Scope[]): boolean {
  const scope = scopes.find(({ variables }) => name in variables);
  const declaration = declarationOf(fn, name);
  if (!scope) {
    return declaration === undefined;
  }
  const value = valueIn(scope.variables, name);
  return declaration === "own import"
    ? isOwnExport(value)
    : declaration === "constant" && value !== undefined;
}

function ofThese(names: readonly string[], scope: Scope): Scope["variables"] {
  const present = names.filter((name) => name in scope.variables);
  return Object.fromEntries(present.map((name) => [name, valueIn(scope.variables, name)]));
}
