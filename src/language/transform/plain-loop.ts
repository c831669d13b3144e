import type ts from "typescript";
import type { NotebookNames } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";

/** The notebook variables of a loop that runs nothing but its own arithmetic. */
export interface PlainLoop {
  names: Set<string>;
  assigned: Set<string>;
  /** Those that hold something else than a number at some place. */
  others: Set<string>;
}

export type PlainLoopStatement = ts.ForStatement | ts.WhileStatement | ts.DoStatement;

/**
 * A loop in which no other code can run (no calls, no getters, no conversions of objects) may keep notebook
 * variables in local ones: nobody can tell the difference, and V8 runs it several times faster.
 */
export function plainLoop(
  { compiler, names }: { compiler: Compiler; names: NotebookNames },
  loop: ts.IterationStatement,
): { loop: PlainLoopStatement; variables: PlainLoop } | undefined {
  const isArithmetic =
    compiler.isForStatement(loop) || compiler.isWhileStatement(loop) || compiler.isDoStatement(loop);
  if (!names.isTypeChecked || !isArithmetic || compiler.isLabeledStatement(loop.parent)) {
    return undefined;
  }
  const reader = new LoopReader(compiler, names);
  const { found } = reader;
  return reader.isPlain(loop) && found.assigned.size > 0 ? { loop, variables: found } : undefined;
}

const typedArrays = /^(?:(?:Big)?(?:Int|Uint)(?:8|16|32|64)|Float(?:32|64)|Uint8Clamped)Array$/;

class LoopReader {
  readonly found: PlainLoop = { names: new Set(), assigned: new Set(), others: new Set() };
  readonly #ts: Compiler;
  readonly #checker: ts.TypeChecker;
  readonly #names: NotebookNames;
  readonly #transparent: Set<ts.SyntaxKind>;

  constructor(compiler: Compiler, names: NotebookNames) {
    this.#ts = compiler;
    this.#checker = names.checker;
    this.#names = names;
    const kinds = compiler.SyntaxKind;
    this.#transparent = new Set([
      kinds.AsExpression,
      kinds.BinaryExpression,
      kinds.Block,
      kinds.BreakStatement,
      kinds.ConditionalExpression,
      kinds.ContinueStatement,
      kinds.DoStatement,
      kinds.EmptyStatement,
      kinds.ExpressionStatement,
      kinds.ForStatement,
      kinds.IfStatement,
      kinds.NonNullExpression,
      kinds.ParenthesizedExpression,
      kinds.PostfixUnaryExpression,
      kinds.PrefixUnaryExpression,
      kinds.VariableDeclarationList,
      kinds.VariableStatement,
      kinds.WhileStatement,
    ]);
  }

  isPlain(node: ts.Node): boolean {
    const ts = this.#ts;
    if (ts.isTypeNode(node) || ts.isToken(node) || ts.isLiteralExpression(node)) {
      return !ts.isIdentifier(node) || this.#isPlainName(node);
    }
    if (ts.isIdentifier(node)) {
      return this.#isPlainName(node);
    }
    if (ts.isElementAccessExpression(node)) {
      return (
        this.#isArray(node.expression) && this.isPlain(node.argumentExpression) && this.#isPrimitive(node)
      );
    }
    if (ts.isPropertyAccessExpression(node)) {
      return this.#isMath(node.expression) || (node.name.text === "length" && this.#isArray(node.expression));
    }
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      return (
        ts.isPropertyAccessExpression(expression) &&
        this.#isMath(expression.expression) &&
        node.arguments.every((argument) => this.isPlain(argument))
      );
    }
    if (ts.isVariableDeclaration(node)) {
      return (
        ts.isIdentifier(node.name) &&
        this.isPlain(node.name) &&
        (!node.initializer || this.isPlain(node.initializer))
      );
    }
    return (
      this.#transparent.has(node.kind) && !ts.forEachChild(node, (child) => !this.isPlain(child) || undefined)
    );
  }

  #isPlainName(node: ts.Identifier): boolean {
    this.#note(node);
    return this.#isLabel(node) || this.#isPrimitive(node);
  }

  #isLabel(node: ts.Identifier): boolean {
    return this.#ts.isBreakOrContinueStatement(node.parent);
  }

  #note(node: ts.Identifier): void {
    const { parent } = node;
    const isDeclared = this.#ts.isVariableDeclaration(parent) && parent.name === node;
    const list = isDeclared && this.#ts.isVariableDeclarationList(parent.parent) ? parent.parent : undefined;
    if (list ? this.#names.declares(list) : this.#names.isReference(node)) {
      this.found.names.add(node.text);
      if (!this.#isOf(this.#ts.TypeFlags.NumberLike, node)) {
        this.found.others.add(node.text);
      }
      if (isDeclared || this.#ts.isAssignmentTarget(node)) {
        this.found.assigned.add(node.text);
      }
    }
  }

  #isMath(node: ts.Expression): boolean {
    return this.#ts.isIdentifier(node) && node.text === "Math" && !this.#names.has("Math");
  }

  #isArray(node: ts.Expression): boolean {
    if (!this.#ts.isIdentifier(node)) {
      return false;
    }
    this.#note(node);
    const type = this.#checker.getTypeAtLocation(node);
    return (
      this.#checker.isArrayType(type) ||
      this.#checker.isTupleType(type) ||
      typedArrays.test(type.symbol?.name ?? "")
    );
  }

  #isPrimitive(node: ts.Node): boolean {
    const { NumberLike, StringLike, BooleanLike, BigIntLike, Undefined, Null } = this.#ts.TypeFlags;
    return this.#isOf(NumberLike | StringLike | BooleanLike | BigIntLike | Undefined | Null, node);
  }

  #isOf(flags: ts.TypeFlags, node: ts.Node): boolean {
    const type = this.#checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return parts.every((part) => (part.flags & flags) !== 0);
  }
}
