import type { DeclaredParameter } from "../declared-parameter.js";
import type { ParameterValue } from "../parameter-value.js";
import { typescriptDeclarations } from "../typescript-declarations.js";
import { exactNumber, type Language, type LiteralRules, literal } from "./language.js";

const rules: LiteralRules = {
  null: "null",
  true: "true",
  false: "false",
  integer: String,
  float: String,
  string: (value) => JSON.stringify(value),
  list: (items) => `[${items.join(", ")}]`,
  mapping: (entries) => `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(", ")} }`,
};

/** Declares the parameters again, the way the notebook does: same keyword, and typed as the defaults are. */
export const typescript: Language = {
  isName,
  comment: (text) => `// ${text}`,
  assign: (name, value, declared) => {
    const type = declared?.type === undefined ? "" : `: ${declared.type}`;
    return `${declared?.keyword ?? "const"} ${name}${type} = ${typescriptLiteral(name, value, declared)};`;
  },
  declarations: (source) => typescriptDeclarations(source, { typed: true }),
};

export const javascript: Language = {
  isName,
  comment: (text) => `// ${text}`,
  assign: (name, value, declared) =>
    `${declared?.keyword ?? "const"} ${name} = ${typescriptLiteral(name, value, declared)};`,
  declarations: (source) => typescriptDeclarations(source, { typed: false }),
};

function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(text);
}

function typescriptLiteral(
  name: string,
  value: ParameterValue,
  declared: DeclaredParameter | undefined,
): string {
  const integer = isBigInt(declared)
    ? (each: bigint) => `${each}n`
    : exactNumber(name, "declare it as a bigint");
  return literal(value, { ...rules, integer });
}

/** Declared with a type that speaks of bigint alone, or without a type and with one as its default. */
function isBigInt(declared: DeclaredParameter | undefined): boolean {
  const { type, default: value = "" } = declared ?? {};
  return type === undefined
    ? /^-?\d[\d_]*n$/.test(value)
    : /\bbigint\b/.test(type) && !/\bnumber\b/.test(type);
}
