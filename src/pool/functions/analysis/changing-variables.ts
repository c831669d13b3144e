import { parseProgram } from "./parse.js";
import { scopesIn } from "./scopes.js";

/** The variables of a module that its functions assign to. */
export function changingVariables(text: string): ReadonlySet<string> {
  const parsed = parseProgram(text);
  const scopes = typeof parsed === "string" ? [] : scopesIn(parsed.tree, true).scopes;
  const variables = scopes.find(({ type }) => type === "module")?.variables ?? [];
  const changing = variables.filter(({ references }) =>
    references.some((reference) => reference.isWrite() && reference.from.variableScope.type === "function"),
  );
  return new Set(changing.map(({ name }) => name));
}
