import type { AnyFunction } from "../function-types.js";
import type { FunctionPart, MethodPart, Part } from "../wire/function-parts.cjs";
import { type Analysis, type AnalysisFailure, analysisOf } from "./analysis/analysis.js";
import { classTextOf } from "./analysis/class-text.js";
import { capturesOf } from "./captures.js";
import { classSource, type Place } from "./classes/class-source.js";
import { membersOf } from "./classes/members.js";
import { asNodesOwn } from "./inspection/nodes-own.js";
import type { PartTable } from "./part-table.js";
import type { Path } from "./path.js";
import { boundGetter } from "./references/rolldown.js";
import { checkSelfContained } from "./self-contained.js";
import { originOf } from "./stacks/origin.js";

const reasons: Record<AnalysisFailure, string> = {
  native: "a native or bound function; wrap the call in a function of your own",
  incomplete: "one that uses `new.target` or private names of what is around it; pass them as arguments",
  depth: "one whose source is nested too deeply to be read; load it from a module",
};

const nodesOwn = "a function of Node's own; wrap the call in a function of your own";

/** A function that stands for all that are made in its place. */
export interface Example {
  readonly part: FunctionPart;
  readonly analysis: Analysis;
}

/** Takes a function apart that differs from the example in the values of its variables alone. */
export function partLike({ part, analysis }: Example, fn: AnyFunction, way: Path, table: PartTable): Part {
  table.enter(fn);
  return { ...part, ...capturesOf(fn, analysis, { path: way.through(fn), table }) };
}

/** Takes a function or a class apart, by value. */
export function functionPart(fn: AnyFunction, way: Path, table: PartTable): Part {
  const refusal = () => way.refusal(nodesOwn);
  return asNodesOwn(fn, refusal, () => takenApart(fn, way, table));
}

function takenApart(fn: AnyFunction, way: Path, table: PartTable): Part {
  const path = way.through(fn);
  table.enter(fn);
  const method = table.methodOf(fn);
  const analysis = analysisOf(fn);
  if (typeof analysis === "string" || (method && analysis.names.usesSuper)) {
    const known = method ?? (analysis === "native" ? boundGetter(fn, path, table) : undefined);
    if (known) {
      return known;
    }
    throw path.refusal(reasons[typeof analysis === "string" ? analysis : "incomplete"]);
  }
  checkSelfContained(analysis, path);
  return analysis.source.isClass
    ? classPart(fn, analysis, path, table)
    : plainPart(fn, analysis, path, table);
}

function plainPart(fn: AnyFunction, analysis: Analysis, path: Path, table: PartTable): FunctionPart {
  const { remade: _, ...own } = membersOf(fn, undefined, path, table);
  const captured = capturesOf(fn, analysis, { path, table });
  return { ...basics(fn, analysis, analysis), ...captured, ...own };
}

function classPart(type: AnyFunction, analysis: Analysis, path: Path, table: PartTable): FunctionPart {
  const text = classTextOf(analysis.source);
  const of = table.place(type, path);
  for (const { kind, isStatic, key, text: source } of text.members) {
    if (kind !== "field" && kind !== "block" && key !== undefined) {
      const accessor = kind === "method" ? "value" : kind;
      const on = isStatic ? "function" : "prototype";
      table.addMethod(source, { kind: "method", of, on, key, accessor } satisfies MethodPart);
    }
  }
  const { remade, ...own } = membersOf(type, text, path, table);
  const place: Place = (value, key, isOptional) =>
    (isOptional ? table.placeIfPossible(value, path.to(key)) : table.place(value, path.to(key))) !==
    undefined;
  const { analysis: remaining, values } = classSource(type, analysis, text, { remade, place });
  if (typeof remaining === "string") {
    throw path.refusal(reasons[remaining]);
  }
  const captured = capturesOf(type, remaining, { path, table, given: values });
  return { ...basics(type, remaining, analysis), ...captured, ...own };
}

/** `written` is the function as it stands in its file. */
function basics(fn: AnyFunction, { source, names }: Analysis, written: Analysis) {
  const { expression, isClass, isStrict } = source;
  const { usesImport } = names;
  const name: unknown = fn.name;
  return {
    kind: "function",
    name: typeof name === "string" ? name : "",
    expression,
    isClass,
    isStrict,
    usesImport,
    origin: originOf(fn, written.source),
  } as const;
}
