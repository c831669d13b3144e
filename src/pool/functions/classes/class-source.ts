import type { AnyFunction } from "../../function-types.js";
import { type Analysis, type AnalysisFailure, analysisOfText } from "../analysis/analysis.js";
import type { ClassText, WrittenMember } from "../analysis/class-text.js";
import { privateStatics } from "../inspection/closure.js";

/** The variable that stands for what a class extends. */
export const baseName = "$base$";

/** Gives the value of a static field a place, and tells whether it can travel; if it must and cannot, throws. */
export type Place = (value: unknown, key: string, isOptional: boolean) => boolean;

export interface ClassSource {
  readonly analysis: Analysis | AnalysisFailure;
  /** Values of variables that stand in the place of what made them. */
  readonly values: ReadonlyMap<string, unknown>;
}

/**
 * The source of a class as it is to be made in the worker: extending what it extends here, whatever expression said
 * so; and with the static members that it has now, which are not made a second time.
 */
export function classSource(
  type: AnyFunction,
  { source: { expression } }: Analysis,
  { heritage, members }: ClassText,
  { remade, place }: { remade: ReadonlySet<string>; place: Place },
): ClassSource {
  const values = new Map<string, unknown>();
  const edits: { start: number; end: number; text: string }[] = [];
  if (heritage) {
    values.set(baseName, Object.getPrototypeOf(type));
    edits.push({ ...heritage, text: baseName });
  }
  const statics = members.filter(({ isStatic, kind }) => isStatic && (kind === "field" || kind === "block"));
  const carried = carriedPrivates(type, statics, place);
  const isMade = ({ kind, key = "" }: WrittenMember) =>
    kind === "field" && (remade.has(key) || (key.startsWith("#") && !carried.has(key)));
  const makesAny = statics.some((member) => member.value && isMade(member));
  const isRun = ({ hasPrivateNames, hasPrivateClosures }: WrittenMember) =>
    hasPrivateClosures || (hasPrivateNames && makesAny);
  const blocksRun = statics.some((member) => member.kind === "block" && isRun(member));
  for (const member of statics) {
    const { kind, key = "", start, end, value } = member;
    if (carried.has(key)) {
      const name = carriedName(key);
      values.set(name, carried.get(key));
      edits.push(value ? { ...value, text: name } : { start, end, text: `static ${key} = ${name};` });
    } else if (kind === "block" ? !isRun(member) : !blocksRun && !isMade(member)) {
      edits.push({ start, end, text: "" });
    }
  }
  if (blocksRun && carried.size > 0) {
    const end = expression.lastIndexOf("}");
    const sets = [...carried.keys()].map((key) => `this.${key} = ${carriedName(key)};`);
    edits.push({ start: end, end, text: `static { ${sets.join(" ")} }` });
  }
  return { analysis: analysisOfEdited(type, edited(expression, edits)), values };
}

const carriedName = (key: string) => `$static_${key.slice(1)}$`;

/** The values that private static fields have now, of those whose values can travel. */
function carriedPrivates(
  type: AnyFunction,
  statics: readonly WrittenMember[],
  place: Place,
): ReadonlyMap<string, unknown> {
  const fields = statics.filter(({ key }) => key?.startsWith("#"));
  const now = fields.length > 0 ? privateStatics(type) : {};
  const isCarried = (key: string, isInitialized: boolean) =>
    isInitialized ? place(now[key], key, true) : now[key] !== undefined && place(now[key], key, false);
  return new Map(
    fields.flatMap(({ key = "", value }) => (isCarried(key, value !== undefined) ? [[key, now[key]]] : [])),
  );
}

const analyses = new WeakMap<AnyFunction, { text: string; analysis: Analysis | AnalysisFailure }>();

/** The same edits are made again and again. */
function analysisOfEdited(type: AnyFunction, text: string): Analysis | AnalysisFailure {
  const known = analyses.get(type);
  if (known?.text === text) {
    return known.analysis;
  }
  const analysis = analysisOfText(text, true);
  analyses.set(type, { text, analysis });
  return analysis;
}

function edited(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
    const { start, end, text: replacing } = edit;
    const blank = blankFor(result.slice(start, end), replacing);
    result = `${result.slice(0, start)}${replacing}${blank}${result.slice(end)}`;
  }
  return result;
}

/** Keeps what follows where it was, because stacks name its line. */
function blankFor(replaced: string, replacing: string): string {
  const lines = replaced.split("\n");
  const last = (lines.at(-1) ?? "").length;
  return lines.length > 1
    ? "\n".repeat(lines.length - 1) + " ".repeat(last)
    : " ".repeat(Math.max(0, last - replacing.length));
}
