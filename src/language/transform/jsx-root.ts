import type ts from "typescript-for-cells";
import type { NotebookNames } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";
import { Nodes } from "./nodes.js";

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
