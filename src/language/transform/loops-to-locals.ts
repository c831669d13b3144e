import type ts from "typescript";
import type { PlainLoop, PlainLoopStatement } from "./plain-loop.js";
import { helperNames } from "./prologue.js";
import type { Rewriter } from "./rewriter.js";

/** Rounds of the loop between two moments at which its variables are copied, less one; all its bits are set. */
const roundsUnseen = 0xffff;

interface Local {
  name: string;
  local: ts.Identifier;
  property: ts.Expression;
}

/**
 * Keeps the variables of a plain loop in local ones, and writes them back at its end. An interrupt stops the loop
 * without running `finally`; it finds copies, made every now and then. Numbers are copied to a typed array: to any
 * other place, V8 would put the variable on the heap in every round.
 */
export function loopToLocals(
  rewriter: Rewriter,
  { loop, variables }: { loop: PlainLoopStatement; variables: PlainLoop },
): ts.Statement {
  const { nodes, factory } = rewriter;
  const locals: Local[] = [...variables.names].map((name) => ({
    name,
    local: nodes.unique(name),
    property: rewriter.variable(name),
  }));
  const assigned = locals.filter(({ name }) => variables.assigned.has(name));
  const copies = [
    copiesOf(
      rewriter,
      "copyNumbers",
      assigned.filter(({ name }) => !variables.others.has(name)),
    ),
    copiesOf(
      rewriter,
      "copyOthers",
      assigned.filter(({ name }) => variables.others.has(name)),
    ),
  ].flat();
  const counter = nodes.unique("count");
  const inside = rewriter.withLocals(new Map(locals.map(({ name, local }) => [name, local])));
  const visited = inside.visitChildren(loop);
  const everyNowAndThen = nodes.ifThen(
    nodes.isRound(counter, roundsUnseen),
    nodes.statement(nodes.sequence(copies.flatMap(({ update }) => update))),
  );
  const body = nodes.block([everyNowAndThen, visited.statement]);
  const end = [
    ...assigned.map(({ local, property }) => nodes.assign(property, local)),
    nodes.call(helperNames.forgetCopies),
  ];
  return nodes.block([
    nodes.variables([
      ...locals.map(({ local, property }) => [local, property] as const),
      [counter, factory.createNumericLiteral(0)],
      ...copies.map(({ variable, first }) => [variable, first] as const),
    ]),
    nodes.tryFinally([withBody(rewriter, visited, body)], [nodes.statement(nodes.sequence(end))]),
  ]);
}

/** `copies = copyNumbers__(["x"], [x_1])`, and the assignments that bring it up to date. */
function copiesOf(
  { nodes }: Rewriter,
  helper: "copyNumbers" | "copyOthers",
  locals: readonly Local[],
): { variable: ts.Identifier; first: ts.Expression; update: ts.Expression[] }[] {
  if (locals.length === 0) {
    return [];
  }
  const variable = nodes.unique("copies");
  const names = nodes.strings(locals.map(({ name }) => name));
  const first = nodes.call(helperNames[helper], [names, nodes.list(locals.map(({ local }) => local))]);
  const update = locals.map(({ local }, index) => nodes.assign(nodes.element(variable, index), local));
  return [{ variable, first, update }];
}

function withBody(
  { compiler, factory }: Rewriter,
  loop: PlainLoopStatement,
  body: ts.Statement,
): ts.Statement {
  if (compiler.isForStatement(loop)) {
    return factory.updateForStatement(loop, loop.initializer, loop.condition, loop.incrementor, body);
  }
  return compiler.isWhileStatement(loop)
    ? factory.updateWhileStatement(loop, loop.expression, body)
    : factory.updateDoStatement(loop, body, loop.expression);
}
