import type ts from "typescript";
import type { NotebookNames } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";
import { Nodes } from "./nodes.js";

// TypeScript itself writes names into what it compiles; they mean the notebook's variables, too.

/** TypeScript writes `React`, or what `jsxFactory` and `@jsx` say, for a JSX element; it may mean a notebook's variable. */
export function jsxRootToExports(
  context: ts.TransformationContext,
  file: ts.SourceFile,
  { compiler, names }: { compiler: Compiler; names: NotebookNames },
): ts.SourceFile {
  if (file.languageVariant !== compiler.LanguageVariant.JSX) {
    return file;
  }
  const { factory } = context;
  const nodes = new Nodes(compiler, factory);
  const isRoot = (node: ts.Node): node is ts.Identifier =>
    compiler.isIdentifier(node) && isWrittenForJsx(compiler, node) && names.isMeant(node.text, node.parent);
  const visitor = (node: ts.Node): ts.Node => {
    const visited = compiler.visitEachChild(node, visitor, context);
    if (compiler.isCallExpression(node) && compiler.isCallExpression(visited) && isRoot(node.expression)) {
      const callee = nodes.inParentheses(
        factory.createComma(factory.createNumericLiteral(0), visited.expression),
      );
      return factory.updateCallExpression(visited, callee, undefined, visited.arguments);
    }
    return isRoot(node) ? nodes.member("exports", node.text) : visited;
  };
  return compiler.visitEachChild(file, visitor, context);
}

/** Its parent is the element, at which it has no place. */
function isWrittenForJsx(compiler: Compiler, { parent, pos }: ts.Identifier): boolean {
  return (
    pos < 0 &&
    parent !== undefined &&
    (compiler.isJsxOpeningLikeElement(parent) || compiler.isJsxOpeningFragment(parent))
  );
}

/** TypeScript writes the classes of `emitDecoratorMetadata` itself, by their names; some are the notebook's variables. */
export function metadataToExports(
  context: ts.TransformationContext,
  file: ts.SourceFile,
  { compiler, names }: { compiler: Compiler; names: NotebookNames },
): ts.SourceFile {
  const nodes = new Nodes(compiler, context.factory);
  const ownClasses = new Set(file.statements.flatMap((statement) => localNames(compiler, statement)));
  const inMetadata = (node: ts.Node): ts.Node => {
    if (compiler.isIdentifier(node)) {
      const isVariable = names.has(node.text) && !ownClasses.has(node.text);
      return isVariable ? nodes.member("exports", node.text) : node;
    }
    if (compiler.isPropertyAccessExpression(node)) {
      const holder = compiler.visitNode(node.expression, inMetadata, compiler.isExpression);
      return context.factory.updatePropertyAccessExpression(node, holder, node.name);
    }
    return compiler.visitEachChild(node, inMetadata, context);
  };
  const visitor = (node: ts.Node): ts.Node =>
    isMetadata(compiler, node)
      ? compiler.visitEachChild(node, inMetadata, context)
      : compiler.visitEachChild(node, visitor, context);
  return compiler.visitEachChild(file, visitor, context);
}

/** `__metadata("design:type", ...)`, which nobody has written. */
function isMetadata(compiler: Compiler, node: ts.Node): node is ts.CallExpression {
  if (!compiler.isCallExpression(node) || compiler.getParseTreeNode(node)) {
    return false;
  }
  const [kind] = node.arguments;
  return kind !== undefined && compiler.isStringLiteral(kind) && kind.text.startsWith("design:");
}

/** A class that is decorated has become a variable. */
function localNames(compiler: Compiler, statement: ts.Statement): string[] {
  const named = compiler.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : compiler.isClassDeclaration(statement) || compiler.isEnumDeclaration(statement)
      ? [statement]
      : [];
  return named.flatMap(({ name }) => (name && compiler.isIdentifier(name) ? [name.text] : []));
}
