import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";

/** Makes the few kinds of nodes that a compiled cell is given; a name stands for its identifier. */
export class Nodes {
  readonly #compiler: Compiler;
  readonly factory: ts.NodeFactory;

  constructor(compiler: Compiler, factory: ts.NodeFactory) {
    this.#compiler = compiler;
    this.factory = factory;
  }

  name(name: string | ts.Expression): ts.Expression {
    return typeof name === "string" ? this.factory.createIdentifier(name) : name;
  }

  /** A variable of the compiler's own, called `like` and a number. */
  unique(like: string): ts.Identifier {
    return this.factory.createUniqueName(like);
  }

  string(text: string): ts.StringLiteral {
    return this.factory.createStringLiteral(text);
  }

  strings(texts: readonly string[]): ts.Expression {
    return this.list(texts.map((text) => this.string(text)));
  }

  list(elements: readonly ts.Expression[]): ts.ArrayLiteralExpression {
    return this.factory.createArrayLiteralExpression(elements);
  }

  nothing(): ts.Expression {
    return this.factory.createVoidZero();
  }

  yes(): ts.Expression {
    return this.factory.createTrue();
  }

  member(object: string | ts.Expression, name: string): ts.Expression {
    return this.factory.createPropertyAccessExpression(this.name(object), name);
  }

  element(object: ts.Expression, key: string | number): ts.Expression {
    const index = typeof key === "string" ? this.string(key) : key;
    return this.factory.createElementAccessExpression(object, index);
  }

  call(callee: string, parameters: readonly ts.Expression[] = []): ts.Expression {
    return this.factory.createCallExpression(this.name(callee), undefined, parameters);
  }

  arrow(body: ts.ConciseBody): ts.Expression {
    return this.factory.createArrowFunction(undefined, undefined, [], undefined, undefined, body);
  }

  assign(target: ts.Expression, value: ts.Expression): ts.Expression {
    return this.factory.createAssignment(target, value);
  }

  inParentheses(expression: ts.Expression): ts.Expression {
    return this.factory.createParenthesizedExpression(expression);
  }

  or(left: ts.Expression, right: ts.Expression): ts.Expression {
    return this.factory.createLogicalOr(left, this.inParentheses(right));
  }

  isIn(key: string, object: ts.Expression): ts.Expression {
    const { InKeyword } = this.#compiler.SyntaxKind;
    return this.factory.createBinaryExpression(this.string(key), InKeyword, object);
  }

  /** `(counter = (counter + 1) & mask) === 0` */
  isRound(counter: ts.Identifier, mask: number): ts.Expression {
    const { factory } = this;
    const next = this.inParentheses(factory.createAdd(counter, factory.createNumericLiteral(1)));
    const masked = factory.createBitwiseAnd(next, factory.createNumericLiteral(mask));
    const counted = this.inParentheses(this.assign(counter, masked));
    return factory.createStrictEquality(counted, factory.createNumericLiteral(0));
  }

  /** One expression as it is, several joined by commas. */
  sequence(expressions: readonly ts.Expression[]): ts.Expression {
    const [only] = expressions;
    return only && expressions.length === 1 ? only : this.factory.createCommaListExpression(expressions);
  }

  statement(expression: ts.Expression): ts.Statement {
    return this.factory.createExpressionStatement(expression);
  }

  block(statements: readonly ts.Statement[]): ts.Block {
    return this.factory.createBlock(statements);
  }

  ifThen(condition: ts.Expression, then: ts.Statement): ts.Statement {
    return this.factory.createIfStatement(condition, then);
  }

  tryFinally(body: readonly ts.Statement[], end: readonly ts.Statement[]): ts.Statement {
    return this.factory.createTryStatement(this.block(body), undefined, this.block(end));
  }

  constant(name: ts.BindingName, value: ts.Expression): ts.Statement {
    return this.#variables([[name, value]], this.#compiler.NodeFlags.Const);
  }

  variables(values: readonly (readonly [ts.BindingName, ts.Expression])[]): ts.Statement {
    return this.#variables(values, this.#compiler.NodeFlags.Let);
  }

  #variables(
    values: readonly (readonly [ts.BindingName, ts.Expression])[],
    flags: ts.NodeFlags,
  ): ts.Statement {
    const declarations = values.map(([name, value]) =>
      this.factory.createVariableDeclaration(name, undefined, undefined, value),
    );
    const list = this.factory.createVariableDeclarationList(declarations, flags);
    return this.factory.createVariableStatement(undefined, list);
  }

  /** Puts a node in the place of another, for source maps and comments. */
  inPlaceOf<T extends ts.Node>(original: ts.Node, node: T): T {
    return this.#compiler.setOriginalNode(this.#compiler.setTextRange(node, original), original);
  }
}
