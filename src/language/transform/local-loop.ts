import type ts from "typescript-for-cells";
import type { PlainLoop } from "../cell/loops.js";
import type { CellTree } from "./cell-tree.js";
import { helperNames } from "./prologue.js";

/** Rounds of the loop between two moments at which its variables are copied. */
const roundsUnseen = 0xffff;

/**
 * Keeps the variables of a plain loop in local ones, and writes them back at its end. An interrupt stops the loop
 * without running `finally`; it finds copies, made every now and then. Numbers are copied to a typed array: to any
 * other place, V8 would put the variable on the heap in every round.
 */
export function localLoop(tree: CellTree, loop: ts.IterationStatement, plain: PlainLoop): ts.Statement {
  const { compiler, factory, facts } = tree;
  const properties = new Map([...plain.names].map((name) => [name, tree.property(name)]));
  const locals = new Map([...plain.names].map((name) => [name, factory.createUniqueName(name)]));
  const count = factory.createUniqueName("count");
  tree.locals = locals;
  const visited = tree.visitChildren(loop);
  tree.locals = new Map();
  facts.helpers.add("copiesOfLoop");

  const local = (name: string) => locals.get(name) as ts.Identifier;
  const assigned = [...plain.assigned];
  const groups = [
    { names: assigned.filter((name) => !plain.others.has(name)), array: "numbers" },
    { names: assigned.filter((name) => plain.others.has(name)), array: "others" },
  ]
    .filter(({ names }) => names.length > 0)
    .map(({ names, array }) => ({ names, array, variable: factory.createUniqueName(array) }));
  const copies = groups.flatMap(({ names, variable }) =>
    names.map((name, index) =>
      factory.createAssignment(factory.createElementAccessExpression(variable, index), local(name)),
    ),
  );
  const body = factory.createBlock([everyNowAndThen(factory, count, copies), visited.statement]);
  const ends = assigned.map((name) =>
    factory.createAssignment(properties.get(name) as ts.Expression, local(name)),
  );
  const declarations = [
    ...[...plain.names].map((name) => variable(factory, local(name), properties.get(name))),
    variable(factory, count, factory.createNumericLiteral(0)),
    ...groups.map((group) =>
      variable(factory, group.variable, call(factory, group.array, group.names, local)),
    ),
  ];
  const list = factory.createVariableDeclarationList(declarations, compiler.NodeFlags.Let);
  const run = factory.createBlock([withBody(tree, visited, body)]);
  const end = factory.createBlock([statement(factory, [...ends, call(factory, "forget")])]);
  return factory.createBlock([
    factory.createVariableStatement(undefined, list),
    factory.createTryStatement(run, undefined, end),
  ]);
}

function everyNowAndThen(
  factory: ts.NodeFactory,
  count: ts.Identifier,
  expressions: ts.Expression[],
): ts.Statement {
  const rounds = factory.createBitwiseAnd(
    factory.createParenthesizedExpression(factory.createAdd(count, factory.createNumericLiteral(1))),
    factory.createNumericLiteral(roundsUnseen),
  );
  const isTime = factory.createStrictEquality(
    factory.createParenthesizedExpression(factory.createAssignment(count, rounds)),
    factory.createNumericLiteral(0),
  );
  return factory.createIfStatement(isTime, statement(factory, expressions));
}

/** `copiesOfLoop__.numbers(["x"], [x_1])` */
function call(
  factory: ts.NodeFactory,
  method: string,
  names: string[] = [],
  value?: (name: string) => ts.Expression,
): ts.Expression {
  const strings = names.map((name) => factory.createStringLiteral(name));
  const parameters = value ? [strings, names.map(value)] : [];
  return factory.createCallExpression(
    factory.createPropertyAccessExpression(factory.createIdentifier(helperNames.copiesOfLoop), method),
    undefined,
    parameters.map((elements) => factory.createArrayLiteralExpression(elements)),
  );
}

function statement(factory: ts.NodeFactory, expressions: ts.Expression[]): ts.Statement {
  return factory.createExpressionStatement(factory.createCommaListExpression(expressions));
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
