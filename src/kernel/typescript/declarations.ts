import type { ImportDeclaration, SourceFile, SyntaxApi, SyntaxNode, VariableStatement } from "./syntax.js";

type Keep = (name: string) => boolean;

/** The declarations of `text` whose names `keep` accepts. */
export function keepDeclarations(compiler: SyntaxApi, text: string, keep: Keep): string {
  const file = compiler.createSourceFile(
    "declarations.d.ts",
    text,
    compiler.ScriptTarget.Latest,
    true,
    compiler.ScriptKind.TS,
  );
  const kept = file.statements.map((statement) => {
    if (compiler.isVariableStatement(statement)) {
      return keepVariables(statement, file, keep);
    }
    if (compiler.isImportDeclaration(statement)) {
      return keepImports(statement, file, keep);
    }
    return keep(statement.name?.text ?? "") ? statement.getText(file) : "";
  });
  return kept.filter((statement) => statement !== "").join("\n");
}

function named(nodes: SyntaxNode[], file: SourceFile, keep: Keep): string {
  return nodes
    .filter((node) => keep(node.name?.text ?? ""))
    .map((node) => node.getText(file))
    .join(", ");
}

function keepVariables(statement: VariableStatement, file: SourceFile, keep: Keep): string {
  const { declarations } = statement.declarationList;
  const keyword = statement.getText(file).match(/^(?:declare\s+)?(?:const|let|var)/)?.[0] ?? "declare let";
  const variables = named(declarations, file, keep);
  return variables && `${keyword} ${variables};`;
}

function keepImports(statement: ImportDeclaration, file: SourceFile, keep: Keep): string {
  const { importClause, moduleSpecifier } = statement;
  const defaultName = importClause?.name?.text;
  const bindings = importClause?.namedBindings;
  const clause: string[] = [];
  if (defaultName && keep(defaultName)) {
    clause.push(defaultName);
  }
  if (bindings?.elements) {
    const elements = named(bindings.elements, file, keep);
    clause.push(...(elements ? [`{ ${elements} }`] : []));
  } else if (bindings && keep(bindings.name?.text ?? "")) {
    clause.push(bindings.getText(file));
  }
  return clause.length > 0 ? `import ${clause.join(", ")} from ${moduleSpecifier.getText(file)};` : "";
}

/** The values a converted cell declares: TypeScript begins its text with `exports.a = exports.b = void 0`. */
export function exportedNames(output: string, lastExpressionName: string | undefined): string[] {
  const chain = output.match(/^(?:exports\.[\w$\u0080-\uffff]+ = )+void 0;$/m)?.[0] ?? "";
  return [...chain.matchAll(/exports\.([\w$\u0080-\uffff]+) = /g)]
    .map(([, name]) => name as string)
    .filter((name) => name !== lastExpressionName);
}
