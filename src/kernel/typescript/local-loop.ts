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

  const writes = [...plain.assigned].map((name) =>
    factory.createAssignment(properties.get(name) as ts.Expression, locals.get(name) as ts.Identifier),
  );
  const writeBack = () => factory.createExpressionStatement(factory.createCommaListExpression(writes));
  const rounds = factory.createParenthesizedExpression(factory.createPrefixIncrement(count));
  const isTime = factory.createStrictEquality(
    factory.createBitwiseAnd(rounds, factory.createNumericLiteral(roundsUnseen)),
    factory.createNumericLiteral(0),
  );
  const body = factory.createBlock([factory.createIfStatement(isTime, writeBack()), visited.statement]);
  const declarations = [
    ...names.map((name) => variable(factory, locals.get(name) as ts.Identifier, properties.get(name))),
    variable(factory, count, factory.createNumericLiteral(0)),
  ];
  const list = factory.createVariableDeclarationList(declarations, compiler.NodeFlags.Let);
  const run = factory.createBlock([withBody(tree, visited, body)]);
  return factory.createBlock([
    factory.createVariableStatement(undefined, list),
    factory.createTryStatement(run, undefined, factory.createBlock([writeBack()])),
  ]);
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
