import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import type { Rewriter } from "./rewriter.js";

/** A declaration as the assignment that it makes. */
export function assignment(rewriter: Rewriter, declaration: ts.VariableDeclaration): ts.Expression {
  const { compiler, nodes } = rewriter;
  const { name, initializer } = declaration;
  const value = initializer ? rewriter.named(name, initializer) : nodes.nothing();
  const assigned = compiler.setTextRange(nodes.assign(target(rewriter, name), value), declaration);
  return compiler.isObjectBindingPattern(name) ? nodes.inParentheses(assigned) : assigned;
}

/** The part of a declaration that can stand left of `=`. */
export function target(rewriter: Rewriter, name: ts.BindingName): ts.Expression {
  const { compiler, factory, nodes } = rewriter;
  if (compiler.isIdentifier(name)) {
    return rewriter.variable(name.text, name);
  }
  if (compiler.isArrayBindingPattern(name)) {
    return nodes.list(
      name.elements.map((element) => {
        if (compiler.isOmittedExpression(element)) {
          return element;
        }
        const inner = withDefault(rewriter, element);
        return element.dotDotDotToken ? factory.createSpreadElement(inner) : inner;
      }),
    );
  }
  return factory.createObjectLiteralExpression(
    name.elements.map((element) => propertyTarget(rewriter, element)),
  );
}

function propertyTarget(rewriter: Rewriter, element: ts.BindingElement): ts.ObjectLiteralElementLike {
  const { compiler, factory } = rewriter;
  const inner = withDefault(rewriter, element);
  if (element.dotDotDotToken) {
    return factory.createSpreadAssignment(inner);
  }
  const key = element.propertyName ?? (compiler.isIdentifier(element.name) ? element.name : "");
  return factory.createPropertyAssignment(typeof key === "string" ? key : rewriter.visit(key), inner);
}

function withDefault(rewriter: Rewriter, element: ts.BindingElement): ts.Expression {
  const inner = target(rewriter, element.name);
  return element.initializer
    ? rewriter.nodes.assign(inner, rewriter.named(element.name, element.initializer))
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
