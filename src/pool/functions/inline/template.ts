import type { AnyFunction } from "../../function-types.js";
import type { FunctionPart, Part } from "../../wire/function-parts.cjs";
import { isPrimitive } from "../../wire/payload.cjs";
import { encode } from "../../wire/structured-clone.cjs";
import type { Dismantled } from "../dismantle.js";
import { scopesAround } from "../inspection/closure.js";
import { inspectAgain } from "../inspection/inspector.js";
import { isFunction } from "../objects.js";
import { knownPart, lookAgain } from "../references/known-values.js";

/*
 * Functions that are written in one call differ in the values of their variables alone. Where those that change are
 * primitive, one definition stands for all, and the values come with each call: nothing else is taken apart or sent.
 */

/** Stands for all functions of one place. */
export interface Template {
  /** Its parts, encoded. */
  readonly parts: Uint8Array;
  readonly variables: readonly Variable[];
}

interface Variable {
  readonly name: string;
  /** Its only value; without it, primitive ones come with the calls. */
  readonly fixed: { readonly value: unknown; readonly part: Part } | undefined;
}

/** The template that the parts of a function make; undefined if they tell nothing of the other ones. */
export function templateOf(fn: AnyFunction, dismantled: Dismantled): Template | undefined {
  const { parts, shared, errorClasses } = dismantled;
  const [root] = parts;
  const isSimple =
    root?.kind === "function" &&
    parts.length === root.captures.length + 1 &&
    shared.size + errorClasses.size === 0;
  return isSimple ? templateFrom(fn, parts, root) : undefined;
}

function templateFrom(fn: AnyFunction, parts: readonly Part[], root: FunctionPart): Template | undefined {
  const scopes = scopesAround(fn);
  const variables: Variable[] = [];
  const open = [...parts];
  let given = 0;
  for (const [name, place] of root.captures) {
    const scope = scopes.find((one) => name in one.variables);
    const part = parts[place];
    if (!scope || !part) {
      return undefined;
    }
    const value = scope.variables[name];
    const isGiven = part.kind === "value" && isPrimitive(value);
    if (isGiven) {
      open[place] = { kind: "given", index: given++ };
    } else if (!staysSo(value, part)) {
      return undefined;
    }
    variables.push({ name, fixed: isGiven ? undefined : { value, part } });
  }
  return { parts: encode(open), variables };
}

/** The values that a function of that place has captured; undefined if the template does not stand for it. */
export function valuesFor({ variables }: Template, fn: AnyFunction): unknown[] | undefined {
  lookAgain();
  inspectAgain();
  const scopes = scopesAround(fn);
  const values: unknown[] = [];
  for (const { name, fixed } of variables) {
    const value = scopes.find((scope) => name in scope.variables)?.variables[name];
    if (fixed ? value !== fixed.value || !staysSo(value, fixed.part) : !isPrimitive(value)) {
      return undefined;
    }
    if (!fixed) {
      values.push(value);
    }
  }
  return values;
}

/** As long as the variable holds this value, the part is that of the value. */
function staysSo(value: unknown, part: Part): boolean {
  switch (part.kind) {
    case "global":
      return knownPart(value) === part;
    case "module":
      return part.importer !== undefined || knownPart(value) === part;
    case "function":
      return isFunction(value) && isWholeInText(part) && Object.keys(value).length === 0;
    default:
      return false;
  }
}

function isWholeInText({ isClass, captures, members, unset, ...own }: FunctionPart): boolean {
  return (
    !isClass &&
    captures.length + members.length + unset.length === 0 &&
    !(own.parent ?? own.prototypeParent ?? own.integrity ?? own.metadata)
  );
}
