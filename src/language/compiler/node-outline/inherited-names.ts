import type ts from "typescript";
import type { Compiler } from "../compiler.js";

/**
 * The names by which a statement is asked for that only lets an interface of the language inherit what another one
 * beside it declares, as `interface Array<T> extends RelativeIndexable<T> {}`: nothing but their mention makes a
 * difference. Undefined of any other statement.
 */
export function inheritedNames(
  compiler: Compiler,
  statement: ts.Statement,
  languageNames: ReadonlySet<string>,
): string[] | undefined {
  if (
    !compiler.isInterfaceDeclaration(statement) ||
    statement.members.length > 0 ||
    !languageNames.has(statement.name.text)
  ) {
    return undefined;
  }
  const extended = statement.heritageClauses?.flatMap(({ types }) => types) ?? [];
  const names = extended.map(({ expression }) => namesOf(compiler, statement, expression));
  return names.length > 0 && names.every((each) => each !== undefined) ? names.flat() : undefined;
}

/** The name of an interface that is declared once, beside the statement, and those of its members. */
function namesOf(
  compiler: Compiler,
  statement: ts.Statement,
  expression: ts.Expression,
): string[] | undefined {
  const { parent } = statement;
  if (!compiler.isIdentifier(expression) || !("statements" in parent)) {
    return undefined;
  }
  const declared = (parent as ts.SourceFile | ts.ModuleBlock).statements.filter(
    (each): each is ts.InterfaceDeclaration =>
      compiler.isInterfaceDeclaration(each) && each.name.text === expression.text,
  );
  const [found] = declared;
  const members = found?.members.map(({ name }) => name && compiler.isIdentifier(name) && name.text) ?? [];
  const isPlain = declared.length === 1 && !found?.heritageClauses && members.every((name) => name);
  return isPlain ? [expression.text, ...(members as string[])] : undefined;
}
