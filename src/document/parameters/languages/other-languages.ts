import { ParameterError } from "../parameter-value.js";
import {
  escapedString,
  exactNumber,
  floatWith,
  type Language,
  type LiteralRules,
  literal,
} from "./language.js";

const rRules: LiteralRules = {
  null: "NULL",
  true: "TRUE",
  false: "FALSE",
  integer: String,
  float: floatWith({ nan: "NaN", infinity: "Inf", negativeInfinity: "-Inf" }),
  string: escapedString,
  list: (items) => `list(${items.join(", ")})`,
  mapping: (entries) => `list(${entries.map(([key, value]) => `${key} = ${value}`).join(", ")})`,
};

/** R allows no name that begins with an underscore. */
export const r: Language = {
  isName: (text) => /^_*[\p{L}.][\p{L}\p{N}._]*$/u.test(text),
  comment: (text) => `# ${text}`,
  assign: (name, value) => {
    const integer = exactNumber(name, "pass it as a text with -r");
    return `${name.replace(/^_+/, "")} = ${literal(value, { ...rRules, integer })}`;
  },
};

const juliaRules: LiteralRules = {
  null: "nothing",
  true: "true",
  false: "false",
  integer: String,
  float: floatWith({ nan: "NaN", infinity: "Inf", negativeInfinity: "-Inf" }),
  string: (value) => escapedString(value).replaceAll("$", "\\$"),
  list: (items) => `[${items.join(", ")}]`,
  mapping: (entries) => `Dict(${entries.map(([key, value]) => `${key} => ${value}`).join(", ")})`,
};

export const julia: Language = {
  isName: (text) => /^(?![\d!])(?:[\w!]|[^\p{ASCII}\s])+$/u.test(text),
  comment: (text) => `# ${text}`,
  assign: (name, value) => `${name} = ${literal(value, juliaRules)}`,
};

const scalaRules: LiteralRules = {
  null: "None",
  true: "true",
  false: "false",
  integer: (value) => {
    if (BigInt.asIntN(64, value) !== value) {
      throw new ParameterError(`${value} is beyond the integers of Scala; pass it as a text with -r`);
    }
    return BigInt.asIntN(32, value) === value ? String(value) : `${value}L`;
  },
  float: floatWith({
    nan: "Double.NaN",
    infinity: "Double.PositiveInfinity",
    negativeInfinity: "Double.NegativeInfinity",
  }),
  // Scala has no escapes beyond sixteen bits, so characters outside are written as they are.
  string: (value) => JSON.stringify(value),
  list: (items) => `Seq(${items.join(", ")})`,
  mapping: (entries) => `Map(${entries.map(([key, value]) => `${key} -> ${value}`).join(", ")})`,
};

export const scala: Language = {
  isName: (text) => /^[\p{L}$_][\p{L}\p{N}$_]*$/u.test(text),
  comment: (text) => `// ${text}`,
  assign: (name, value) => `val ${name} = ${literal(value, scalaRules)}`,
};

const bashRules: LiteralRules = {
  null: "''",
  true: "true",
  false: "false",
  integer: String,
  float: String,
  string: (value) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`),
  list: notInBash,
  mapping: notInBash,
};

export const bash: Language = {
  isName: (text) => /^[A-Za-z_]\w*$/.test(text),
  comment: (text) => `# ${text}`,
  assign: (name, value) => `${name}=${literal(value, bashRules)}`,
};

function notInBash(): never {
  throw new ParameterError("bash has no lists or mappings to write a parameter as");
}
