import type ts from "typescript-for-cells";
import type { CellTree } from "./cell-tree.js";
import type { PlainLoop } from "./loops.js";

/** Rounds of the loop between two moments at which its variables are written back. */
const roundsUnseen = 0xffff;

/**
 * Keeps the variables of a plain loop in local ones, and writes them back at its end and every now and then:
 * an interrupt stops the loop without running `finally`.
 */
export function localLoop(tree: CellTree, loop: ts.IterationStatement, plain: PlainLoop): ts.Statement {
  const { compiler, factory } = tree;
  const names = [...plain.names];
  const properties = new Map(names.map((name) => [name, tree.property(name)]));
  const locals = new Map(names.map((name) => [name, factory.createUniqueName(name)]));
  const count = factory.createUniqueName("count");
  tree.locals = locals;
  const visited = tree.visitChildren(loop);
  tree.locals = new Map();

  const write = (name: string, value: ts.Expression) =>
    factory.createAssignment(properties.get(name) as ts.Expression, value);
  const local = (name: string) => locals.get(name) as ts.Identifier;
  const statement = (writes: ts.Expression[]) =>
    factory.createExpressionStatement(factory.createCommaListExpression(writes));
  const assigned = [...plain.assigned];
  const copies = assigned.map((name) =>
    write(name, plain.others.has(name) ? local(name) : copyOfNumber(factory, local(name))),
  );
  const rounds = factory.createBitwiseAnd(
    factory.createParenthesizedExpression(factory.createAdd(count, factory.createNumericLiteral(1))),
    factory.createNumericLiteral(roundsUnseen),
  );
  const isTime = factory.createStrictEquality(
    factory.createParenthesizedExpression(factory.createAssignment(count, rounds)),
    factory.createNumericLiteral(0),
  );
  const body = factory.createBlock([factory.createIfStatement(isTime, statement(copies)), visited.statement]);
  const declarations = [
    ...names.map((name) => variable(factory, local(name), properties.get(name))),
    variable(factory, count, factory.createNumericLiteral(0)),
  ];
  const list = factory.createVariableDeclarationList(declarations, compiler.NodeFlags.Let);
  const run = factory.createBlock([withBody(tree, visited, body)]);
  const end = factory.createBlock([statement(assigned.map((name) => write(name, local(name))))]);
  return factory.createBlock([
    factory.createVariableStatement(undefined, list),
    factory.createTryStatement(run, undefined, end),
  ]);
}

/** `-(-x)`: V8 would put the variable itself on the heap, in every round, were it written as it is. */
function copyOfNumber(factory: ts.NodeFactory, value: ts.Identifier): ts.Expression {
  return factory.createPrefixMinus(factory.createParenthesizedExpression(factory.createPrefixMinus(value)));
}

function variable(
  factory: ts.NodeFactory,
  name: ts.Identifier,
  value?: ts.Expression,
): ts.VariableDeclaration {
  return factory.createVariableDeclaration(name, undefined, undefined, value);
}

function withBody(
  { compiler, factory }: CellTree,
  loop: ts.IterationStatement,
  body: ts.Statement,
): ts.Statement {
  if (compiler.isForStatement(loop)) {
    return factory.updateForStatement(loop, loop.initializer, loop.condition, loop.incrementor, body);
  }
  return compiler.isWhileStatement(loop)
    ? factory.updateWhileStatement(loop, loop.expression, body)
    : factory.updateDoStatement(loop as ts.DoStatement, body, (loop as ts.DoStatement).expression);
}
