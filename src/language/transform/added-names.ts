import type ts from "typescript-for-cells";
import type { NotebookNames } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";
import { Nodes } from "./nodes.js";

// TypeScript itself writes names into what it compiles; they mean the notebook's variables, too.

interface JsxSettings {
  compiler: Compiler;
  names: NotebookNames;
  options: ts.CompilerOptions;
}

/** TypeScript writes `React` itself for a JSX element; it means the notebook's variable. */
export function jsxRootToExports(
  context: ts.TransformationContext,
  file: ts.SourceFile,
  { compiler, names, options }: JsxSettings,
): ts.SourceFile {
  const [root = ""] = (options.jsxFactory ?? "React").split(".");
  if (file.languageVariant !== compiler.LanguageVariant.JSX || !names.has(root)) {
    return file;
  }
  const nodes = new Nodes(compiler, context.factory);
  const visitor = (node: ts.Node): ts.Node => {
    const isRoot =
      compiler.isPropertyAccessExpression(node) &&
      compiler.isIdentifier(node.expression) &&
      node.expression.text === root &&
      !compiler.getParseTreeNode(node);
    return isRoot
      ? nodes.member(nodes.member("exports", root), node.name.text)
      : compiler.visitEachChild(node, visitor, context);
  };
  return compiler.visitEachChild(file, visitor, context);
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
