import type ts from "typescript-for-cells";
import type { Compiler } from "../compiler/compiler.js";
import type { CellTree } from "./cell-tree.js";

/** A declaration as the assignment that it makes. */
export function assignment(tree: CellTree, declaration: ts.VariableDeclaration): ts.Expression {
  const { compiler, factory } = tree;
  const { name, initializer } = declaration;
  const value = initializer ? tree.named(name, initializer) : factory.createVoidZero();
  const assigned = compiler.setTextRange(factory.createAssignment(target(tree, name), value), declaration);
  return compiler.isObjectBindingPattern(name) ? factory.createParenthesizedExpression(assigned) : assigned;
}

/** What a declaration binds, as what can stand left of `=`. */
export function target(tree: CellTree, name: ts.BindingName): ts.Expression {
  const { compiler, factory } = tree;
  if (compiler.isIdentifier(name)) {
    return tree.property(name.text, name);
  }
  if (compiler.isArrayBindingPattern(name)) {
    return factory.createArrayLiteralExpression(
      name.elements.map((element) => {
        if (compiler.isOmittedExpression(element)) {
          return element;
        }
        const inner = withDefault(tree, element);
        return element.dotDotDotToken ? factory.createSpreadElement(inner) : inner;
      }),
    );
  }
  return factory.createObjectLiteralExpression(
    name.elements.map((element) => {
      const inner = withDefault(tree, element);
      const key = element.propertyName ?? (element.name as ts.Identifier);
      return element.dotDotDotToken
        ? factory.createSpreadAssignment(inner)
        : factory.createPropertyAssignment(tree.visit(key), inner);
    }),
  );
}

function withDefault(tree: CellTree, element: ts.BindingElement): ts.Expression {
  const inner = target(tree, element.name);
  return element.initializer
    ? tree.factory.createAssignment(inner, tree.named(element.name, element.initializer))
    : inner;
}

/** The names that a declaration binds. */
export function boundNames(compiler: Compiler, name: ts.BindingName): string[] {
  if (compiler.isIdentifier(name)) {
    return [name.text];
  }
  return name.elements.flatMap((element) =>
    compiler.isBindingElement(element) ? boundNames(compiler, element.name) : [],
  );
}
