import type { DeclaredParameter } from "../declared-parameter.js";
import { ParameterError, type ParameterValue } from "../parameter-value.js";

/** The way in which parameters are written in the language of a kernel. */
export interface Language {
  /** A variable can be called this. */
  isName(text: string): boolean;
  comment(text: string): string;
  /** One statement that gives `name` its value; `declared` says how the notebook itself does it, where that is known. */
  assign(name: string, value: ParameterValue, declared?: DeclaredParameter): string;
  /** The parameters that a cell declares; absent where the language has no parser here. */
  declarations?(source: string): DeclaredParameter[];
}

export interface LiteralRules {
  null: string;
  true: string;
  false: string;
  integer(value: bigint): string;
  float(value: number): string;
  string(value: string): string;
  list(items: string[]): string;
  mapping(entries: [key: string, value: string][]): string;
}

/** The text of `value` after a language's rules. */
export function literal(value: ParameterValue, rules: LiteralRules): string {
  if (value === null) {
    return rules.null;
  }
  if (typeof value === "boolean") {
    return value ? rules.true : rules.false;
  }
  if (typeof value === "bigint") {
    return rules.integer(value);
  }
  if (typeof value === "number") {
    return rules.float(value);
  }
  if (typeof value === "string") {
    return rules.string(value);
  }
  if (Array.isArray(value)) {
    return rules.list(value.map((item) => literal(item, rules)));
  }
  return rules.mapping(Object.entries(value).map(([key, item]) => [rules.string(key), literal(item, rules)]));
}

/** A number, as most languages have it, can be this integer. */
export function isExactNumber(value: bigint): boolean {
  return Number.isFinite(Number(value)) && BigInt(Number(value)) === value;
}

/** Integers for a language whose numbers hold 53 bits. Throws ParameterError for those that would become others in silence. */
export function exactNumber(name: string, advice: string) {
  return (value: bigint): string => {
    if (!isExactNumber(value)) {
      throw new ParameterError(`the parameter ${name} is ${value}, which no number holds exactly; ${advice}`);
    }
    return String(value);
  };
}

/** A float that keeps looking like one: `3` becomes `3.0`. */
export function decimal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(1) : String(value);
}

/** A double-quoted string with everything but printable ASCII escaped; astral characters as `\UXXXXXXXX`. */
export function escapedString(text: string): string {
  const escaped = text.replace(/[\\"]|[^\x20-\x7e]/gu, (character) => {
    const simple = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    if (simple) {
      return simple;
    }
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff) {
      return `\\U${code.toString(16).padStart(8, "0")}`;
    }
    return code > 0xff
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : `\\x${code.toString(16).padStart(2, "0")}`;
  });
  return `"${escaped}"`;
}

/** A float after a language's names for what is not finite. */
export function floatWith(names: { nan: string; infinity: string; negativeInfinity: string }) {
  return (value: number): string => {
    if (Number.isNaN(value)) {
      return names.nan;
    }
    if (value === Number.POSITIVE_INFINITY) {
      return names.infinity;
    }
    if (value === Number.NEGATIVE_INFINITY) {
      return names.negativeInfinity;
    }
    return decimal(value);
  };
}
