import type ts from "typescript-for-cells";
import type { TopLevelNames } from "../cell/top-level.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import type { CellFacts } from "./facts.js";
import { helperNames } from "./prologue.js";

/** The syntax tree of a cell under transformation: what is known of it, and the nodes that take the place of names. */
export class CellTree {
  readonly compiler: Compiler;
  readonly factory: ts.NodeFactory;
  readonly context: ts.TransformationContext;
  readonly names: TopLevelNames;
  readonly facts: CellFacts;
  readonly file: CellSourceFile;
  /** Variables that `var` declares anywhere but in a statement with a value of its own. */
  readonly lateVariables = new Set<string>();
  /** Local variables that stand for notebook variables within a plain loop. */
  locals: ReadonlyMap<string, ts.Identifier> = new Map();
  visitor: ts.Visitor = (node) => node;

  constructor(
    compiler: Compiler,
    context: ts.TransformationContext,
    names: TopLevelNames,
    facts: CellFacts,
    file: CellSourceFile,
  ) {
    this.compiler = compiler;
    this.factory = context.factory;
    this.context = context;
    this.names = names;
    this.facts = facts;
    this.file = file;
  }

  visit<T extends ts.Node>(node: T): T {
    return this.compiler.visitNode(node, this.visitor) as T;
  }

  visitChildren<T extends ts.Node>(node: T): T {
    return this.compiler.visitEachChild(node, this.visitor, this.context);
  }

  /** The notebook variable of that name, in the place of `from`. */
  property(name: string, from?: ts.Node): ts.Expression {
    const local = this.locals.get(name);
    if (local) {
      return local;
    }
    const access = this.factory.createPropertyAccessExpression(this.exports(), name);
    if (from) {
      const { NoComments, NoTrailingSourceMap } = this.compiler.EmitFlags;
      this.compiler.setTextRange(access, from);
      this.compiler.setEmitFlags(access, NoComments | NoTrailingSourceMap);
    }
    return access;
  }

  /** The checker refuses an assignment to a constant; where it does not look, the assignment throws. */
  reference(node: ts.Identifier): ts.Expression {
    if (!this.compiler.isAssignmentTarget(node) || !this.names.isConstant(node)) {
      return this.property(node.text, node);
    }
    this.facts.helpers.add("constant");
    const constant = this.factory.createIdentifier(helperNames.constant);
    return this.compiler.setTextRange(this.factory.createPropertyAccessExpression(constant, node.text), node);
  }

  /** The object that holds the notebook variables. */
  exports(): ts.Expression {
    return this.file.identifiers.has("exports")
      ? this.factory.createPropertyAccessExpression(this.factory.createIdentifier("__tslab__"), "exports")
      : this.factory.createIdentifier("exports");
  }

  /** A nameless function takes the name of a variable, but not of a property, that it is assigned to. */
  named(name: ts.Node, value: ts.Expression): ts.Expression {
    const visited = this.visit(value);
    if (!this.compiler.isIdentifier(name) || !this.#isNamelessFunction(value)) {
      return visited;
    }
    const { factory } = this;
    const key = factory.createComputedPropertyName(factory.createStringLiteral(name.text));
    const holder = factory.createObjectLiteralExpression([factory.createPropertyAssignment(key, visited)]);
    return factory.createElementAccessExpression(holder, factory.createStringLiteral(name.text));
  }

  /** An expression in the place of a statement. */
  replace(statement: ts.Statement, expression: ts.Expression): ts.Statement {
    const replacement = this.factory.createExpressionStatement(expression);
    return this.compiler.setOriginalNode(this.compiler.setTextRange(replacement, statement), statement);
  }

  /** `var`, whose variables belong to the whole cell, in a block or a loop head. */
  isNotebookVar(list: ts.VariableDeclarationList): boolean {
    return (list.flags & this.compiler.NodeFlags.BlockScoped) === 0 && this.names.declares(list);
  }

  #isNamelessFunction(node: ts.Expression): boolean {
    const { compiler } = this;
    let inner = node;
    while (
      compiler.isParenthesizedExpression(inner) ||
      compiler.isAsExpression(inner) ||
      compiler.isSatisfiesExpression(inner) ||
      compiler.isNonNullExpression(inner) ||
      compiler.isTypeAssertionExpression(inner)
    ) {
      inner = inner.expression;
    }
    return (
      compiler.isArrowFunction(inner) ||
      ((compiler.isFunctionExpression(inner) || compiler.isClassExpression(inner)) && !inner.name)
    );
  }
}
