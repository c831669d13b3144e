import type { AnyFunction } from "../../function-types.js";
import { type FreeNames, freeNamesOf } from "./free-names.js";
import {
  type FunctionSource,
  isNative,
  type SourceFailure,
  sourceFrom,
  sourceOf,
} from "./function-source.js";

/** A function as its text alone tells of it. */
export interface Analysis {
  readonly source: FunctionSource;
  readonly names: FreeNames;
}

export type AnalysisFailure = SourceFailure | "native";

const analyses = new WeakMap<AnyFunction, Analysis | AnalysisFailure>();

export function analysisOf(fn: AnyFunction): Analysis | AnalysisFailure {
  const known = analyses.get(fn);
  if (known) {
    return known;
  }
  const analysis = isNative(fn) ? "native" : analysed(sourceOf(fn));
  analyses.set(fn, analysis);
  return analysis;
}

/** The analysis of a text that stands for a function. */
export function analysisOfText(text: string, isStrict: boolean): Analysis | AnalysisFailure {
  return analysed(sourceFrom(text, isStrict));
}

function analysed(source: FunctionSource | SourceFailure): Analysis | AnalysisFailure {
  if (typeof source === "string") {
    return source;
  }
  try {
    return { source, names: freeNamesOf(source) };
  } catch (error) {
    if (error instanceof RangeError) {
      return "depth";
    }
    throw error;
  }
}
