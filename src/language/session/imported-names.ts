import type { ImportedName } from "../cell/imported-name.js";
import type { Compiler } from "../compiler/compiler.js";

/** The imports in a text of declarations, name by name. */
export function importedNames(compiler: Compiler, text: string): ImportedName[] {
  const file = compiler.createSourceFile("declarations.d.ts", text, compiler.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    if (!compiler.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) {
      return [];
    }
    const from = compiler.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : "";
    const { name, namedBindings } = statement.importClause ?? {};
    if (name) {
      return [{ name: name.text, imported: "default", from }];
    }
    if (!namedBindings || compiler.isNamespaceImport(namedBindings)) {
      return namedBindings ? [{ name: namedBindings.name.text, imported: "*", from }] : [];
    }
    return namedBindings.elements.map((each) => ({
      name: each.name.text,
      imported: (each.propertyName ?? each.name).text,
      from,
    }));
  });
}
