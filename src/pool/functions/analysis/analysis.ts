import type { AnyFunction } from "../../function-types.js";
import { type FreeNames, freeNamesOf } from "./free-names.js";
import { type FunctionSource, sourceOf } from "./function-source.js";

/** A function as its text alone tells of it. */
export interface Analysis {
  readonly source: FunctionSource;
  readonly names: FreeNames;
}

const analyses = new WeakMap<AnyFunction, Analysis | undefined>();

/** Undefined for a function whose source cannot be had or does not stand alone. */
export function analysisOf(fn: AnyFunction): Analysis | undefined {
  if (analyses.has(fn)) {
    return analyses.get(fn);
  }
  const source = sourceOf(fn);
  const analysis = source && { source, names: freeNamesOf(source.program) };
  analyses.set(fn, analysis);
  return analysis;
}
