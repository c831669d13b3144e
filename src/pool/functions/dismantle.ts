import type { AnyFunction } from "../function-types.js";
import type { Captures, Part } from "../wire/function-parts.cjs";
import { type ErrorClass, isErrorClass } from "../wire/thrown.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { analysisOf } from "./analysis/analysis.js";
import { isNative } from "./analysis/function-source.js";
import { capturesOf } from "./captures.js";
import { exportedFrom } from "./exporting-script.js";
import { knownPart, wrappedModule } from "./known-values.js";
import { notebookExports } from "./notebook-exports.js";
import { objectPart } from "./object-part.js";
import { isFunction, isObject } from "./objects.js";
import { PartTable } from "./part-table.js";
import { Path } from "./path.js";
import { checkSelfContained } from "./self-contained.js";

export interface Dismantled {
  readonly parts: readonly Part[];
  /** Error classes that travel along, by name: what is thrown in the worker becomes one of them again. */
  readonly errorClasses: ReadonlyMap<string, ErrorClass>;
  /** Nothing outside the function can change it. */
  readonly isFinal: boolean;
}

/** Takes a function apart, with all it uses; throws a FunctionTransferError if something of it cannot travel. */
export function dismantle(fn: AnyFunction, workerType: WorkerType): Dismantled {
  const errorClasses = new Map<string, ErrorClass>();
  const table = new PartTable(workerType, (value, path, table) => {
    if (isErrorClass(value)) {
      errorClasses.set(value.name, value);
    }
    return partOf(value, path, table);
  });
  table.place(fn, new Path(fn.name || "anonymous"));
  const { parts } = table;
  return { parts, errorClasses, isFinal: isFinal(parts) };
}

function isFinal([root]: readonly Part[]): boolean {
  return root?.kind !== "function" || root.captures.length + root.properties.length === 0;
}

function partOf(value: unknown, path: Path, table: PartTable): Part {
  if (typeof value === "symbol") {
    return knownPart(value) ?? registeredSymbol(value, path);
  }
  if (isFunction(value)) {
    return functionPart(value, path, table);
  }
  if (!isObject(value)) {
    return { kind: "value", value };
  }
  if (value === notebookExports()) {
    throw path.refusal("as a whole: name what it needs");
  }
  return knownPart(value) ?? wrappedModule(value) ?? objectPart(value, path, table);
}

function registeredSymbol(symbol: symbol, path: Path): Part {
  const key = Symbol.keyFor(symbol);
  if (key === undefined) {
    throw path.refusal("a symbol of this process; use Symbol.for()");
  }
  return { kind: "symbol", key };
}

const references = new WeakMap<AnyFunction, Part | undefined>();

/** Tells how a worker can get the function by itself, if it can; found out once. */
function referenceTo(fn: AnyFunction): Part | undefined {
  if (!references.has(fn)) {
    references.set(fn, knownPart(fn) ?? exportedFrom(fn));
  }
  return references.get(fn);
}

const native = "a native or bound function; wrap the call in a function of your own";
const incomplete = "one that uses `new.target` or private names of what is around it; pass them as arguments";

function functionPart(fn: AnyFunction, path: Path, table: PartTable): Part {
  const known = referenceTo(fn);
  if (known) {
    return known;
  }
  if ("resolve" in fn && "cache" in fn) {
    return { kind: "require" };
  }
  const analysis = analysisOf(fn);
  if (!analysis) {
    throw path.refusal(isNative(fn) ? native : incomplete);
  }
  checkSelfContained(analysis, path);
  const { expression, isClass, isStrict } = analysis.source;
  const captures = capturesOf(fn, analysis, path, table);
  const properties = ownProperties(fn, isClass, path, table);
  return { kind: "function", name: fn.name, expression, isClass, isStrict, captures, properties };
}

/** Own properties of a function; those of a class that cannot travel become again what its source makes them. */
function ownProperties(fn: AnyFunction, isClass: boolean, path: Path, table: PartTable): Captures {
  return Object.entries(fn).flatMap(([name, value]) => {
    const inner = path.to(name);
    const place = isClass ? table.placeIfPossible(value, inner) : table.place(value, inner);
    return place === undefined ? [] : [[name, place] as const];
  });
}
