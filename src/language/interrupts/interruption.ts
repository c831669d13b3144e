import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import type { InterruptQuestions } from "./interrupt-questions.js";

// An interrupt cannot reach code that waits. So the code asks, each time it has waited, if the cell on whose behalf it
// runs is interrupted: `await x` becomes `[await x, ask()][0]`, where the question throws. What is handed to timers and
// promises is wrapped, and a listener asks before anything else. A `catch` asks, too, so that it does not go on;
// `finally` cleans up, unless it would go on elsewhere. The text stays one that means the same outside of the kernel,
// because functions travel as text.

const takingCallbacks = new Map<string, keyof InterruptQuestions>([
  ["setTimeout", "untilInterrupted"],
  ["setInterval", "untilInterrupted"],
  ["setImmediate", "untilInterrupted"],
  ["queueMicrotask", "untilInterrupted"],
  ["nextTick", "untilInterrupted"],
  ["then", "orInterrupted"],
  ["catch", "orInterrupted"],
  ["finally", "orInterrupted"],
]);
/** These have to get the very function that is taken off again, unless it is written in place. */
const takingListeners = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "addEventListener",
  "subscribe",
]);

/** Makes the code of a cell or a module end with the cell that an interrupt ends. */
export function interruptible(compiler: Compiler): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const transformation = new Interruption(compiler, context);
    return (file) => compiler.visitEachChild(file, transformation.visit, context);
  };
}

class Interruption {
  readonly #compiler: Compiler;
  readonly #context: ts.TransformationContext;
  readonly #factory: ts.NodeFactory;

  constructor(compiler: Compiler, context: ts.TransformationContext) {
    this.#compiler = compiler;
    this.#context = context;
    this.#factory = context.factory;
  }

  readonly visit = (node: ts.Node): ts.Node => {
    const compiler = this.#compiler;
    if (compiler.isExpressionStatement(node) && compiler.isAwaitExpression(node.expression)) {
      const waited = this.#children(node.expression);
      return this.#factory.updateExpressionStatement(node, this.#factory.createComma(waited, this.#ask()));
    }
    const visited = this.#children(node);
    if (compiler.isAwaitExpression(visited)) {
      const both = this.#factory.createArrayLiteralExpression([visited, this.#ask()]);
      return compiler.setTextRange(this.#factory.createElementAccessExpression(both, 0), node);
    }
    if (compiler.isForOfStatement(visited) && visited.awaitModifier) {
      return this.#askAtEachRound(visited);
    }
    if (compiler.isCatchClause(visited)) {
      const { variableDeclaration, block } = visited;
      return this.#factory.updateCatchClause(visited, variableDeclaration, this.#askFirst(block));
    }
    if (compiler.isTryStatement(visited) && visited.finallyBlock && this.#jumps(visited.finallyBlock)) {
      const { tryBlock, catchClause, finallyBlock } = visited;
      return this.#factory.updateTryStatement(visited, tryBlock, catchClause, this.#askFirst(finallyBlock));
    }
    if (compiler.isBinaryExpression(visited) && this.#assignsListener(visited)) {
      const { left, operatorToken, right } = visited;
      return this.#factory.updateBinaryExpression(visited, left, operatorToken, this.#asking(right));
    }
    return compiler.isCallExpression(visited) ? this.#withCallbacks(visited) : visited;
  };

  #children<T extends ts.Node>(node: T): T {
    return this.#compiler.visitEachChild(node, this.visit, this.#context);
  }

  /** A member of what the kernel gives to its cells; where there is no kernel, nothing. */
  #kernel(name: keyof InterruptQuestions): ts.Expression {
    const globals = this.#factory.createIdentifier("globalThis");
    const shared = this.#factory.createPropertyAccessExpression(globals, "__tslab__");
    const optional = this.#factory.createToken(this.#compiler.SyntaxKind.QuestionDotToken);
    return this.#factory.createPropertyAccessChain(shared, optional, name);
  }

  #ask(question: keyof InterruptQuestions = "endIfInterrupted"): ts.Expression {
    const optional = this.#factory.createToken(this.#compiler.SyntaxKind.QuestionDotToken);
    return this.#factory.createCallChain(this.#kernel(question), optional, undefined, []);
  }

  #askFirst(block: ts.Block): ts.Block {
    const ask = this.#factory.createExpressionStatement(this.#ask());
    return this.#factory.updateBlock(block, [ask, ...block.statements]);
  }

  #leaveFirst(block: ts.Block): ts.Block {
    const leave = this.#factory.createIfStatement(
      this.#ask("isInterrupted"),
      this.#factory.createReturnStatement(),
    );
    return this.#factory.updateBlock(block, [leave, ...block.statements]);
  }

  #askAtEachRound(loop: ts.ForOfStatement): ts.Statement {
    const { awaitModifier, initializer, expression, statement } = loop;
    const body = this.#compiler.isBlock(statement) ? statement : this.#factory.createBlock([statement]);
    return this.#factory.updateForOfStatement(
      loop,
      awaitModifier,
      initializer,
      expression,
      this.#askFirst(body),
    );
  }

  #jumps(node: ts.Node): boolean {
    const { isFunctionLike, isReturnStatement, isBreakOrContinueStatement, forEachChild } = this.#compiler;
    return (
      forEachChild(
        node,
        (child) =>
          !isFunctionLike(child) &&
          (isReturnStatement(child) || isBreakOrContinueStatement(child) || this.#jumps(child)),
      ) === true
    );
  }

  #withCallbacks(call: ts.CallExpression): ts.CallExpression {
    const name = this.#calledName(call.expression);
    const wrapper = takingCallbacks.get(name);
    const change = wrapper
      ? (argument: ts.Expression) => this.#wrapped(argument, wrapper)
      : takingListeners.has(name)
        ? (argument: ts.Expression) => this.#asking(argument)
        : undefined;
    return change
      ? this.#factory.updateCallExpression(
          call,
          call.expression,
          call.typeArguments,
          call.arguments.map(change),
        )
      : call;
  }

  /** `port.onmessage = ...` */
  #assignsListener({ left, operatorToken }: ts.BinaryExpression): boolean {
    const { SyntaxKind, isPropertyAccessExpression } = this.#compiler;
    return (
      operatorToken.kind === SyntaxKind.EqualsToken &&
      isPropertyAccessExpression(left) &&
      /^on[a-z]+$/.test(left.name.text)
    );
  }

  #calledName(callee: ts.Expression): string {
    const { isIdentifier, isPropertyAccessExpression } = this.#compiler;
    return isIdentifier(callee)
      ? callee.text
      : isPropertyAccessExpression(callee) && isIdentifier(callee.name)
        ? callee.name.text
        : "";
  }

  #wrapped(argument: ts.Expression, wrapper: keyof InterruptQuestions): ts.Expression {
    if (this.#compiler.isSpreadElement(argument) || this.#compiler.isLiteralExpression(argument)) {
      return argument;
    }
    const { SyntaxKind } = this.#compiler;
    const wrap = this.#factory.createBinaryExpression(
      this.#kernel(wrapper),
      SyntaxKind.QuestionQuestionToken,
      this.#factory.createIdentifier("Object"),
    );
    return this.#factory.createCallExpression(this.#factory.createParenthesizedExpression(wrap), undefined, [
      argument,
    ]);
  }

  /** A function that is written in this place; one that has a name may take itself off again, and asks by itself. */
  #asking(argument: ts.Expression): ts.Expression {
    const { isArrowFunction, isFunctionExpression } = this.#compiler;
    if (isFunctionExpression(argument) && argument.name) {
      const { modifiers, asteriskToken, name, typeParameters, parameters, type, body } = argument;
      return this.#factory.updateFunctionExpression(
        argument,
        modifiers,
        asteriskToken,
        name,
        typeParameters,
        parameters,
        type,
        this.#leaveFirst(body),
      );
    }
    return isArrowFunction(argument) || isFunctionExpression(argument)
      ? this.#wrapped(argument, "untilInterrupted")
      : argument;
  }
}
