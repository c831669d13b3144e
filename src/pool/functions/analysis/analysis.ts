import type { AnyFunction } from "../../function-types.js";
import { withoutOwnName } from "./compiled-helpers.js";
import { type FreeNames, freeNamesOf } from "./free-names.js";
import { type FunctionSource, isNative, type SourceFailure, sourceFrom } from "./function-source.js";
import { isInStrictMode } from "./strict-mode.js";

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
  const analysis = isNative(fn) ? "native" : analysedOnce(fn);
  analyses.set(fn, analysis);
  return analysis;
}

/** Functions that are made in a loop have one text. The latest texts, by mode. */
const texts = new Map<string, Analysis | AnalysisFailure>();
const textsKept = 200;

function analysedOnce(fn: AnyFunction): Analysis | AnalysisFailure {
  const isStrict = isInStrictMode(fn);
  const text = Function.prototype.toString.call(fn);
  const key = `${isStrict} ${text}`;
  const known = texts.get(key);
  const analysis = known ?? analysisOfText(text, isStrict);
  texts.delete(key);
  texts.set(key, analysis);
  const [oldest] = texts.size > textsKept ? texts.keys() : [];
  if (oldest !== undefined) {
    texts.delete(oldest);
  }
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
    const { program, expression, isStrict } = source;
    const renamed = withoutOwnName(program, expression, isStrict);
    return renamed === undefined
      ? { source, names: freeNamesOf(source) }
      : analysed(sourceFrom(renamed, isStrict));
  } catch (error) {
    if (error instanceof RangeError) {
      return "depth";
    }
    throw error;
  }
}
