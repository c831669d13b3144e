import { isBuiltin } from "node:module";
import type ts from "typescript";
import { loopToLocals } from "./loops-to-locals.js";
import { assignment, target } from "./patterns.js";
import { plainLoop } from "./plain-loop.js";
import { helperNames } from "./prologue.js";
import type { Rewriter } from "./rewriter.js";

/** Finds every use of a notebook variable below the top level of a cell, and puts its property in its place. */
export function namesToExports(rewriter: Rewriter): ts.Visitor {
  const { compiler, names, nodes, scope } = rewriter;
  return (node) => {
    if (compiler.isTypeNode(node) && !compiler.isExpressionWithTypeArguments(node)) {
      return node;
    }
    if (compiler.isIdentifier(node)) {
      return names.isReference(node) ? rewriter.reference(node) : node;
    }
    rewriter.spokenOf.note(node);
    if (compiler.isShorthandPropertyAssignment(node)) {
      return shorthand(rewriter, node);
    }
    if (compiler.isCallExpression(node) || compiler.isTaggedTemplateExpression(node)) {
      return call(rewriter, node);
    }
    if (compiler.isBinaryExpression(node) && compiler.isAssignmentOperator(node.operatorToken.kind)) {
      return assigned(rewriter, node);
    }
    if (compiler.isVariableDeclarationList(node) && rewriter.isNotebookVar(node)) {
      return variables(rewriter, node);
    }
    if (compiler.isVariableStatement(node) && rewriter.isNotebookVar(node.declarationList)) {
      const values = assignments(rewriter, node.declarationList);
      return values.length > 0
        ? rewriter.replace(node, nodes.sequence(values))
        : rewriter.factory.createEmptyStatement();
    }
    if (compiler.isIterationStatement(node, false) && !scope.isInFunction && scope.locals.size === 0) {
      const plain = plainLoop(rewriter, node);
      return plain ? loopToLocals(rewriter, plain) : rewriter.visitChildren(node);
    }
    if (compiler.isMetaProperty(node) && node.keywordToken === compiler.SyntaxKind.ImportKeyword) {
      return nodes.name(helperNames.importMeta);
    }
    return (compiler.isFunctionLike(node) ? rewriter.inFunction() : rewriter).visitChildren(node);
  };
}

function shorthand(rewriter: Rewriter, node: ts.ShorthandPropertyAssignment): ts.Node {
  const { compiler, factory, names, nodes } = rewriter;
  if (!names.isShorthandReference(node)) {
    return rewriter.visitChildren(node);
  }
  const value = rewriter.reference(node.name);
  const initializer = node.objectAssignmentInitializer;
  const assigned = initializer ? nodes.assign(value, rewriter.named(node.name, initializer)) : value;
  return compiler.setTextRange(factory.createPropertyAssignment(node.name.text, assigned), node);
}

/** A call keeps `this` undefined, as the call of a variable does. */
function call(rewriter: Rewriter, node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
  const { compiler, factory, names, nodes } = rewriter;
  const callee = compiler.isCallExpression(node) ? node.expression : node.tag;
  const visited = rewriter.visitChildren(node);
  if (!compiler.isIdentifier(callee) || !names.isReference(callee) || rewriter.spokenOf.has(callee)) {
    return dynamicImport(rewriter, visited);
  }
  const comma = factory.createComma(factory.createNumericLiteral(0), rewriter.variable(callee.text, callee));
  const value = compiler.setTextRange(nodes.inParentheses(comma), callee);
  compiler.setEmitFlags(value, compiler.EmitFlags.NoTrailingSourceMap);
  if (compiler.isTaggedTemplateExpression(visited)) {
    return factory.updateTaggedTemplateExpression(visited, value, undefined, visited.template);
  }
  return compiler.isCallChain(visited)
    ? factory.updateCallChain(visited, value, visited.questionDotToken, undefined, visited.arguments)
    : factory.updateCallExpression(visited, value, undefined, visited.arguments);
}

/** `import()` gives what an `import` declaration gives: of the user's own files, TypeScript and JSON too. */
function dynamicImport(rewriter: Rewriter, node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
  const { compiler, nodes } = rewriter;
  if (!compiler.isCallExpression(node) || node.expression.kind !== compiler.SyntaxKind.ImportKeyword) {
    return node;
  }
  const [specifier] = node.arguments;
  const name = specifier && compiler.isStringLiteralLike(specifier) ? specifier.text : undefined;
  if (name !== undefined && isBuiltin(name)) {
    return node;
  }
  return specifier && name !== undefined && rewriter.isOwnFile(name)
    ? nodes.call(helperNames.importLocal, [specifier])
    : nodes.call(helperNames.importAny, node.arguments);
}

function assigned(rewriter: Rewriter, node: ts.BinaryExpression): ts.Node {
  const left = rewriter.visit(node.left);
  const right = left === node.left ? rewriter.visit(node.right) : rewriter.named(node.left, node.right);
  return rewriter.factory.updateBinaryExpression(node, left, node.operatorToken, right);
}

/** `var` in a loop head declares a notebook variable all the same. */
function variables(rewriter: Rewriter, list: ts.VariableDeclarationList): ts.Node {
  const { compiler, nodes } = rewriter;
  const [first] = list.declarations;
  if (first && (compiler.isForOfStatement(list.parent) || compiler.isForInStatement(list.parent))) {
    return target(rewriter, first.name);
  }
  const values = assignments(rewriter, list);
  return values.length > 0 ? nodes.sequence(values) : nodes.nothing();
}

function assignments(rewriter: Rewriter, list: ts.VariableDeclarationList): ts.Expression[] {
  return list.declarations.flatMap((declaration) =>
    declaration.initializer ? [assignment(rewriter, declaration)] : [],
  );
}
