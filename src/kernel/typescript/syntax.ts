/** The little of TypeScript's compiler API that reading a text takes. */
export interface SyntaxNode {
  kind: number;
  pos: number;
  end: number;
  name?: SyntaxNode & { text?: string };
  getText(file: SourceFile): string;
}

export interface SourceFile extends SyntaxNode {
  statements: SyntaxNode[];
  parseDiagnostics?: { start: number; length: number; code: number }[];
}

export interface VariableStatement extends SyntaxNode {
  declarationList: SyntaxNode & { declarations: SyntaxNode[] };
}

export interface ImportDeclaration extends SyntaxNode {
  importClause?: SyntaxNode & { namedBindings?: SyntaxNode & { elements?: SyntaxNode[] } };
  moduleSpecifier: SyntaxNode;
}

export interface SyntaxApi {
  createSourceFile(name: string, text: string, target: number, setParents: boolean, kind: number): SourceFile;
  ScriptTarget: { Latest: number };
  ScriptKind: { TS: number; TSX: number };
  isVariableStatement(node: SyntaxNode): node is VariableStatement;
  isImportDeclaration(node: SyntaxNode): node is ImportDeclaration;
}
