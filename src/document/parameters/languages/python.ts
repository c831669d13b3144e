import { pythonDeclarations } from "../python-declarations.js";
import { escapedString, floatWith, type Language, type LiteralRules, literal } from "./language.js";

const rules: LiteralRules = {
  null: "None",
  true: "True",
  false: "False",
  integer: String,
  float: floatWith({ nan: "float('nan')", infinity: "float('inf')", negativeInfinity: "float('-inf')" }),
  string: escapedString,
  list: (items) => `[${items.join(", ")}]`,
  mapping: (entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`,
};

export const python: Language = {
  isName: (text) => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text),
  comment: (text) => `# ${text}`,
  assign: (name, value) => `${name} = ${literal(value, rules)}`,
  declarations: pythonDeclarations,
};
