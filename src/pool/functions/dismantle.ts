import { isAbsolute } from "node:path";
import type { AnyFunction } from "../function-types.js";
import type { FunctionPart, Part } from "../wire/function-parts.cjs";
import { type ErrorClass, isErrorClass } from "../wire/thrown.cjs";
import { analysisOf } from "./analysis/analysis.js";
import { type Example, functionPart, partLike } from "./function-part.js";
import { inspectAgain } from "./inspection/inspector.js";
import { placeOf } from "./inspection/scripts.js";
import { isRevoked, refuseRevoked, refuseThenable } from "./namespace.js";
import { notebookExports } from "./notebook-exports.js";
import { objectPart } from "./object-part.js";
import { isFunction, isObject, isRequire, memberOf } from "./objects.js";
import { PartTable, type PartVersions, type TableKind, type TakeApart } from "./part-table.js";
import { Path } from "./path.js";
import { exportedFrom, isOfMainScript } from "./references/exported-function.js";
import { importedValue } from "./references/imports.js";
import { knownPart, lookAgain, wrappedModule } from "./references/known-values.js";
import { isOfAnotherRealm } from "./references/realms.js";
import { sharedNumber } from "./shared/shared-numbers.js";

export interface Dismantled {
  readonly parts: readonly Part[];
  /** Of some of the parts. */
  readonly versions: PartVersions;
  /** Error classes that travel along, by name: what is thrown in the worker becomes one of them again. */
  readonly errorClasses: ReadonlyMap<string, ErrorClass>;
  /** The shared values that it uses. */
  readonly shared: ReadonlySet<object>;
  /** Nothing outside the function can change it. */
  readonly isFinal: boolean;
  /** The function as an example, if all made in its place are alike. */
  readonly example: Example | undefined;
}

/**
 * Takes a function apart, with all it uses; throws a FunctionTransferError if something of it cannot travel. `like` is
 * for one that was just made in the same place.
 */
export function dismantle(fn: AnyFunction, kind: TableKind, like?: Example): Dismantled {
  lookAgain();
  inspectAgain();
  const errorClasses = new Map<string, ErrorClass>();
  const shared = new Set<object>();
  const takeApart: TakeApart = (value, path, table) =>
    like && value === fn ? partLike(like, fn, path, table) : partOf(value, path, table);
  const table = new PartTable(kind, takeApart, (value) => {
    if (!isRevoked(value) && isErrorClass(value)) {
      errorClasses.set(value.name, value);
    }
    if (isObject(value) && sharedNumber(value) !== undefined) {
      shared.add(value);
    }
  });
  refuseRevoked(fn, new Path("anonymous"));
  table.place(fn, new Path(fn.name || "anonymous"));
  const { parts, versions } = table;
  const example = like ?? exampleOf(fn, parts);
  return { parts, versions, errorClasses, shared, isFinal: isFinal(parts), example };
}

function exampleOf(fn: AnyFunction, [part]: readonly Part[]): Example | undefined {
  const analysis = analysisOf(fn);
  return part?.kind === "function" &&
    !part.isClass &&
    hasNothingOfItsOwn(part) &&
    typeof analysis === "object"
    ? { part, analysis }
    : undefined;
}

function hasNothingOfItsOwn({
  members,
  parent,
  prototypeParent,
  integrity,
  metadata,
}: FunctionPart): boolean {
  return members.length === 0 && !(parent ?? prototypeParent ?? integrity ?? metadata);
}

function isFinal([root]: readonly Part[]): boolean {
  return (
    root?.kind !== "function" ||
    (root.captures.length + root.members.length === 0 && root.metadata === undefined)
  );
}

/** Takes a value apart by itself, as `dismantle` does it. */
export function partOf(value: unknown, path: Path, table: PartTable): Part {
  if (typeof value === "symbol") {
    return knownPart(value) ?? registeredSymbol(value, path);
  }
  refuseRevoked(value, path);
  if (isFunction(value)) {
    refuseForeign(value, path);
    return referenceTo(value) ?? requirePart(value, table) ?? functionPart(value, path, table);
  }
  if (!isObject(value)) {
    return { kind: "value", value };
  }
  const shared = sharedNumber(value);
  if (shared !== undefined) {
    return { kind: "shared", id: -shared };
  }
  if (value === notebookExports()) {
    throw path.refusal("as a whole: name what it needs");
  }
  refuseThenable(value, path);
  return (
    knownPart(value) ??
    importedValue(value) ??
    wrappedModule(value) ??
    prototypePart(value, path, table) ??
    objectPart(value, path, table)
  );
}

/** Functions that worker processes cannot have, whatever they use. */
function refuseForeign(fn: AnyFunction, path: Path): void {
  if (isOfAnotherRealm(fn)) {
    throw path.refusal("a function of another context of `node:vm`; define it outside of that context");
  }
  if (notebookExports() && fn === memberOf(globalThis, "display")) {
    throw path.refusal("which shows things in the notebook alone; return the value and display it there");
  }
}

function registeredSymbol(symbol: symbol, path: Path): Part {
  const key = Symbol.keyFor(symbol);
  if (key === undefined) {
    throw path.refusal("a symbol of this process; use Symbol.for()");
  }
  return { kind: "symbol", key };
}

const references = new WeakMap<AnyFunction, Part>();
const withoutReference = new WeakSet<AnyFunction>();

/** Tells how a worker can get the function by itself, if it can; found out once. */
function referenceTo(fn: AnyFunction): Part | undefined {
  if (isOfMainScript(fn)) {
    return undefined;
  }
  const known = knownPart(fn) ?? references.get(fn);
  if (known || withoutReference.has(fn)) {
    return known;
  }
  const found = exportedFrom(fn);
  if (found) {
    references.set(fn, found);
  } else {
    withoutReference.add(fn);
  }
  return found;
}

function requirePart(fn: AnyFunction, table: PartTable): Part | undefined {
  if (!isRequire(fn)) {
    return undefined;
  }
  const user = table.current;
  const url = notebookExports() || !user ? "" : (placeOf(user)?.script.url ?? "");
  return { kind: "require", module: url.startsWith("file:") || isAbsolute(url) ? url : undefined };
}

/** The prototype of a function that says so by its constructor. */
function prototypePart(object: object, path: Path, table: PartTable): Part | undefined {
  const type: unknown = Object.getOwnPropertyDescriptor(object, "constructor")?.value;
  return isFunction(type) && type.prototype === object
    ? { kind: "prototype", of: table.place(type, path) }
    : undefined;
}
