import type { AnyFunction } from "../../function-types.js";
import { Companions } from "../../wire/companions.cjs";
import type { FunctionPart, Part } from "../../wire/function-parts.cjs";
import { isPrimitive, type Payload } from "../../wire/payload.cjs";
import { encode } from "../../wire/structured-clone.cjs";
import type { WorkerType } from "../../worker-type.cjs";
import { type Dismantled, partOf } from "../dismantle.js";
import { scopesAround, valueIn } from "../inspection/closure.js";
import { inspectAgain } from "../inspection/inspector.js";
import { isNamespace } from "../namespace.js";
import { isFunction, isObject } from "../objects.js";
import { PartTable } from "../part-table.js";
import { Path } from "../path.js";
import { knownPart, lookAgain } from "../references/known-values.js";
import { isViteImport } from "../references/vite.js";

/*
 * Functions that are written in one call differ in the values of their variables alone. Where those that change are
 * plain data, one definition stands for all, and the values come with each call: nothing else is taken apart or sent.
 */

/** Stands for all functions of one place. */
export interface Template {
  /** Its parts, encoded. */
  readonly parts: Uint8Array;
  readonly variables: readonly Variable[];
}

interface Variable {
  readonly name: string;
  /** Its only value; without it, a value comes with each call. */
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
    const value = valueIn(scope.variables, name);
    if (isViteImport(name) || (scope.isModule && isObject(value) && part.kind === "value")) {
      return undefined;
    }
    const isGiven = isPlainData(part);
    if (isGiven) {
      open[place] = { kind: "given", index: given++ };
    } else if (!staysSo(value, part)) {
      return undefined;
    }
    variables.push({ name, fixed: isGiven ? undefined : { value, part } });
  }
  return { parts: encode(open), variables };
}

/** The values that a function of that place has captured, packed; undefined if the template does not stand for it. */
export function valuesFor(
  { variables }: Template,
  fn: AnyFunction,
  workerType: WorkerType,
): Payload | undefined {
  lookAgain();
  inspectAgain();
  const scopes = scopesAround(fn);
  const values: unknown[] = [];
  let arePrimitive = true;
  for (const { name, fixed } of variables) {
    const scope = scopes.find((one) => name in one.variables);
    const value = scope && valueIn(scope.variables, name);
    const isUsual = fixed ? value === fixed.value && staysSo(value, fixed.part) : isPrimitive(value);
    if (!isUsual && (fixed || scope?.isModule || !isData(value, workerType))) {
      return undefined;
    }
    if (!fixed) {
      values.push(value);
      arePrimitive &&= isUsual;
    }
  }
  return arePrimitive ? values : packed(values, workerType);
}

/** Undefined for what cannot be cloned after all: taking the function apart tells why. */
function packed(values: readonly unknown[], workerType: WorkerType): Payload | undefined {
  try {
    if (workerType === "process") {
      return encode(values);
    }
    const companions = new Companions();
    const bytes = encode(values, companions);
    return { bytes, companions: companions.take() };
  } catch {
    return undefined;
  }
}

/** Nothing of the value is lost in a structured clone, and nothing else belongs to it. */
function isData(value: unknown, workerType: WorkerType): boolean {
  if (!isObject(value) || isFunction(value) || isNamespace(value)) {
    return false;
  }
  const table = new PartTable({ workerType, isCareful: false, isTrusting: false }, partOf, () => {});
  try {
    table.place(value, new Path(""));
  } catch {
    return false;
  }
  const [part] = table.parts;
  return table.parts.length === 1 && part !== undefined && isPlainData(part);
}

function isPlainData(part: Part): boolean {
  return part.kind === "value" && !(part.instances ?? part.bare ?? part.frozen);
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
