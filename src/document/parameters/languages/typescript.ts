import type { DeclaredParameter } from "../declared-parameter.js";
import type { ParameterValue } from "../parameter-value.js";
import { typescriptDeclarations } from "../typescript-declarations.js";
import { type Language, type LiteralRules, literal } from "./language.js";

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
  comment: (text) => `// ${text}`,
  assign: (name, value, declared) => {
    const type = declared?.type === undefined ? "" : `: ${declared.type}`;
    return `${declared?.keyword ?? "const"} ${name}${type} = ${typescriptLiteral(value, declared)};`;
  },
  declarations: (source) => typescriptDeclarations(source, { typed: true }),
};

export const javascript: Language = {
  comment: (text) => `// ${text}`,
  assign: (name, value, declared) =>
    `${declared?.keyword ?? "const"} ${name} = ${typescriptLiteral(value, declared)};`,
  declarations: (source) => typescriptDeclarations(source, { typed: false }),
};

function typescriptLiteral(value: ParameterValue, declared: DeclaredParameter | undefined): string {
  return typeof value === "bigint" && declared?.type === "bigint" ? `${value}n` : literal(value, rules);
}
