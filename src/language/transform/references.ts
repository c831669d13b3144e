import type ts from "typescript-for-cells";
import type { CellTree } from "./cell-tree.js";
import { localLoop } from "./local-loop.js";
import { assignment, boundNames, target } from "./patterns.js";
import { helperNames } from "./prologue.js";

/** Finds every use of a notebook variable below the top level of a cell, and puts the property in its place. */
export function visitReferences(tree: CellTree): ts.Visitor {
  const { compiler, facts, names } = tree;
  let functionDepth = 0;
  const visitor = (node: ts.Node): ts.VisitResult<ts.Node> => {
    if (compiler.isTypeNode(node) && !compiler.isExpressionWithTypeArguments(node)) {
      return node;
    }
    facts.hasTopLevelAwait ||= functionDepth === 0 && isAwait(tree, node);
    if (compiler.isIdentifier(node)) {
      return names.isReference(node) ? tree.reference(node) : node;
    }
    if (compiler.isShorthandPropertyAssignment(node)) {
      return shorthand(tree, node);
    }
    if (compiler.isCallExpression(node) || compiler.isTaggedTemplateExpression(node)) {
      return call(tree, node);
    }
    if (compiler.isBinaryExpression(node) && compiler.isAssignmentOperator(node.operatorToken.kind)) {
      return assigned(tree, node);
    }
    if (compiler.isVariableDeclarationList(node) && tree.isNotebookVar(node)) {
      return variables(tree, node);
    }
    if (compiler.isVariableStatement(node) && tree.isNotebookVar(node.declarationList)) {
      const value = assignments(tree, node.declarationList);
      return value ? tree.replace(node, value) : tree.factory.createEmptyStatement();
    }
    if (compiler.isIterationStatement(node, false) && functionDepth === 0 && tree.locals.size === 0) {
      const plain = names.plainLoop(node);
      return plain ? localLoop(tree, node, plain) : tree.visitChildren(node);
    }
    if (compiler.isMetaProperty(node) && node.keywordToken === compiler.SyntaxKind.ImportKeyword) {
      facts.helpers.add("importMeta");
      return tree.factory.createIdentifier(helperNames.importMeta);
    }
    facts.usesJsx ||= compiler.isJsxOpeningLikeElement(node) || compiler.isJsxFragment(node);
    const depth = compiler.isFunctionLike(node) ? 1 : 0;
    functionDepth += depth;
    const visited = tree.visitChildren(node);
    functionDepth -= depth;
    return visited;
  };
  return visitor;
}

export function isAwait({ compiler }: CellTree, node: ts.Node): boolean {
  const { AwaitUsing, BlockScoped } = compiler.NodeFlags;
  return (
    compiler.isAwaitExpression(node) ||
    (compiler.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (compiler.isVariableDeclarationList(node) && (node.flags & BlockScoped) === AwaitUsing)
  );
}

function shorthand(tree: CellTree, node: ts.ShorthandPropertyAssignment): ts.Node {
  if (!tree.names.isShorthandReference(node)) {
    return tree.visitChildren(node);
  }
  const { compiler, factory } = tree;
  const value = tree.reference(node.name);
  const initializer = node.objectAssignmentInitializer;
  return compiler.setTextRange(
    factory.createPropertyAssignment(
      factory.createIdentifier(node.name.text),
      initializer ? factory.createAssignment(value, tree.named(node.name, initializer)) : value,
    ),
    node,
  );
}

/** A call keeps `this` undefined, as the call of a variable does. */
function call(tree: CellTree, node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
  const { compiler, factory, names } = tree;
  const callee = compiler.isCallExpression(node) ? node.expression : node.tag;
  const visited = tree.visitChildren(node);
  if (!compiler.isIdentifier(callee) || !names.isReference(callee)) {
    return dynamicImport(tree, visited);
  }
  const comma = factory.createComma(factory.createNumericLiteral(0), tree.property(callee.text, callee));
  const value = compiler.setTextRange(factory.createParenthesizedExpression(comma), callee);
  compiler.setEmitFlags(value, compiler.EmitFlags.NoTrailingSourceMap);
  if (compiler.isTaggedTemplateExpression(visited)) {
    return factory.updateTaggedTemplateExpression(visited, value, undefined, visited.template);
  }
  return compiler.isCallChain(visited)
    ? factory.updateCallChain(visited, value, visited.questionDotToken, undefined, visited.arguments)
    : factory.updateCallExpression(visited, value, undefined, visited.arguments);
}

/** `import("./x")` loads TypeScript and JSON too; packages go through Node's own `import()`. */
function dynamicImport(tree: CellTree, node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
  const { compiler, factory, facts } = tree;
  if (!compiler.isCallExpression(node) || node.expression.kind !== compiler.SyntaxKind.ImportKeyword) {
    return node;
  }
  const [specifier] = node.arguments;
  if (!specifier || !compiler.isStringLiteralLike(specifier) || !facts.isLocal(specifier.text)) {
    return node;
  }
  facts.helpers.add("importLocal");
  const load = factory.createIdentifier(helperNames.importLocal);
  return factory.createCallExpression(load, undefined, [specifier]);
}

function assigned(tree: CellTree, node: ts.BinaryExpression): ts.Node {
  const left = tree.visit(node.left);
  const right = left === node.left ? tree.visit(node.right) : tree.named(node.left, node.right);
  return tree.factory.updateBinaryExpression(node, left, node.operatorToken, right);
}

/** `var` in a loop head declares a notebook variable all the same. */
function variables(tree: CellTree, list: ts.VariableDeclarationList): ts.Node {
  const { compiler, factory, lateVariables } = tree;
  const [first] = list.declarations;
  if (first && (compiler.isForOfStatement(list.parent) || compiler.isForInStatement(list.parent))) {
    for (const name of boundNames(compiler, first.name)) {
      lateVariables.add(name);
    }
    return target(tree, first.name);
  }
  return assignments(tree, list) ?? factory.createVoidZero();
}

function assignments(tree: CellTree, list: ts.VariableDeclarationList): ts.Expression | undefined {
  const { compiler, factory, lateVariables } = tree;
  const values = list.declarations.flatMap((declaration) => {
    for (const name of boundNames(compiler, declaration.name)) {
      lateVariables.add(name);
    }
    return declaration.initializer ? [assignment(tree, declaration)] : [];
  });
  return values.length > 1 ? factory.createCommaListExpression(values) : values[0];
}
