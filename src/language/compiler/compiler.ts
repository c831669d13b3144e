import { createRequire } from "node:module";
import type ts from "typescript";
import { CachedModule } from "./code-cache.js";

const require = createRequire(import.meta.url);

/** The part of TypeScript beside its declared API that is used here. */
interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  createTextSpanFromNode(node: ts.Node, file: ts.SourceFile): ts.TextSpan;
  getContainerNode(node: ts.Node): ts.Node | undefined;
  getModuleInstanceState(node: ts.ModuleDeclaration): number;
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  isInString(file: ts.SourceFile, position: number): boolean;
  isAssignmentTarget(node: ts.Node): boolean;
  isAssignmentOperator(kind: ts.SyntaxKind): boolean;
  isIterationStatement(node: ts.Node, lookInLabeledStatements: boolean): node is ts.IterationStatement;
  isGlobalScopeAugmentation(node: ts.ModuleDeclaration): boolean;
  isSourceFileJS(file: ts.SourceFile): boolean;
  /** The names of the language's libraries in the order in which their declarations count, and their files. */
  libs: readonly string[];
  libMap: ReadonlyMap<string, string>;
  isExpressionNode(node: ts.Node): boolean;
  objectAllocator: { getSymbolConstructor(): new (flags: ts.SymbolFlags, name: ts.__String) => object };
  parseIsolatedJSDocComment(text: string): { jsDoc?: ts.JSDoc; diagnostics: ts.Diagnostic[] } | undefined;
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node | undefined,
      location: ts.Node,
    ): Pick<ts.QuickInfo, "displayParts" | "documentation" | "tags"> & { symbolKind: ts.ScriptElementKind };
    getSymbolModifiers(checker: ts.TypeChecker, symbol: ts.Symbol): string;
  };
}

/** A source file after parsing and binding. */
export interface CellSourceFile extends ts.SourceFile {
  locals: Map<string, ts.Symbol>;
  path: string;
  resolvedPath: string;
  originalFileName: string;
  identifiers: ReadonlyMap<string, string>;
  imports: readonly ts.StringLiteralLike[];
  parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  bindDiagnostics?: ts.DiagnosticWithLocation[];
  commentDirectives?: readonly { range: ts.TextRange }[];
  checkJsDirective?: { enabled: boolean; pos: number; end: number };
}

export type Compiler = typeof ts & Internals;

/** Its version, known without loading it. */
export const compilerVersion: string = require("typescript/package.json").version;

let loaded: CachedModule | undefined;

/** The TypeScript that compiles the cells, loaded when first asked for. */
export function loadCompiler(): Compiler {
  loaded ??= new CachedModule(require.resolve("typescript"), compilerVersion);
  return loaded.exports as Compiler;
}

/** An earlier process had left its code. */
export function isCompilerStored(): boolean {
  return loaded?.isStored === true;
}

/** Lets later processes load it faster. */
export function storeCompilerCode(): void {
  loaded?.store();
}
