import type ts from "typescript";
import type { NotebookNames } from "../cell/notebook-names.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { Nodes } from "./nodes.js";
import { helperNames } from "./prologue.js";
import { SpokenNames } from "./spoken-names.js";

/** A cell under transformation. */
export interface CellTree {
  compiler: Compiler;
  context: ts.TransformationContext;
  names: NotebookNames;
  file: CellSourceFile;
  /** True of a module that is a file of the user's own, not a package. */
  isOwnFile(specifier: string): boolean;
  visitorFor(rewriter: Rewriter): ts.Visitor;
}

/** The surroundings of a node. */
interface Scope {
  isInFunction: boolean;
  /** Local variables that stand for notebook variables within a plain loop. */
  locals: ReadonlyMap<string, ts.Identifier>;
}

type Cast =
  | ts.ParenthesizedExpression
  | ts.AssertionExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression;

/** Rewrites the nodes of one scope, and makes what takes the place of names. */
export class Rewriter {
  readonly compiler: Compiler;
  readonly names: NotebookNames;
  readonly nodes: Nodes;
  readonly factory: ts.NodeFactory;
  readonly scope: Scope;
  readonly spokenOf: SpokenNames;
  readonly #cell: CellTree;
  readonly #visitor: ts.Visitor;

  constructor(
    cell: CellTree,
    scope: Scope = { isInFunction: false, locals: new Map() },
    spokenOf = new SpokenNames(cell),
  ) {
    this.compiler = cell.compiler;
    this.names = cell.names;
    this.factory = cell.context.factory;
    this.nodes = new Nodes(cell.compiler, this.factory);
    this.scope = scope;
    this.spokenOf = spokenOf;
    this.#cell = cell;
    this.#visitor = cell.visitorFor(this);
  }

  inFunction(): Rewriter {
    return this.scope.isInFunction ? this : this.#within({ ...this.scope, isInFunction: true });
  }

  withLocals(locals: ReadonlyMap<string, ts.Identifier>): Rewriter {
    return this.#within({ ...this.scope, locals });
  }

  #within(scope: Scope): Rewriter {
    return new Rewriter(this.#cell, scope, this.spokenOf);
  }

  isOwnFile(specifier: string): boolean {
    return this.#cell.isOwnFile(specifier);
  }

  /** Begins the scope of the variables that the cell's own code is given. */
  startScope(): void {
    this.#cell.context.startLexicalEnvironment();
  }

  /** The declarations of those variables. */
  endScope(): ts.Statement[] {
    return this.#cell.context.endLexicalEnvironment() ?? [];
  }

  /** An expression stays an expression, a statement a statement, and so on. */
  visit<T extends ts.Node>(node: T): T {
    return this.compiler.visitNode(node, this.#visitor) as T;
  }

  visitChildren<T extends ts.Node>(node: T): T {
    return this.compiler.visitEachChild(node, this.#visitor, this.#cell.context);
  }

  /** The notebook variable of that name, in the place of `from`. */
  variable(name: string, from?: ts.Node): ts.Expression {
    const local = this.scope.locals.get(name);
    if (local) {
      return local;
    }
    const access = this.nodes.member(this.exports(), name);
    if (from) {
      const { NoComments, NoTrailingSourceMap } = this.compiler.EmitFlags;
      this.compiler.setTextRange(access, from);
      this.compiler.setEmitFlags(access, NoComments | NoTrailingSourceMap);
    }
    return access;
  }

  /** The checker refuses an assignment to a constant; where it does not look, the assignment throws. */
  reference(node: ts.Identifier): ts.Expression {
    return this.compiler.isAssignmentTarget(this.#withCasts(node)) && this.names.isConstant(node)
      ? this.compiler.setTextRange(this.nodes.member(helperNames.constant, node.text), node)
      : this.spokenOf.name(node, this.variable(node.text, node));
  }

  /** The object that holds the notebook variables. */
  exports(): ts.Expression {
    return this.#cell.file.identifiers.has("exports")
      ? this.nodes.member("__tslab__", "exports")
      : this.nodes.name("exports");
  }

  /** A nameless function takes the name of a variable, but not of a property, that it is assigned to. */
  named(name: ts.Node, value: ts.Expression): ts.Expression {
    const visited = this.visit(value);
    if (!this.compiler.isIdentifier(name) || !this.#isNamelessFunction(value)) {
      return visited;
    }
    const key = this.factory.createComputedPropertyName(this.nodes.string(name.text));
    const holder = this.factory.createObjectLiteralExpression([
      this.factory.createPropertyAssignment(key, visited),
    ]);
    return this.nodes.element(holder, name.text);
  }

  /** An expression in the place of a statement. */
  replace(statement: ts.Statement, expression: ts.Expression): ts.Statement {
    return this.nodes.inPlaceOf(statement, this.nodes.statement(expression));
  }

  /** `var`, whose variables belong to the whole cell, in a block or a loop head. */
  isNotebookVar(list: ts.VariableDeclarationList): boolean {
    return (list.flags & this.compiler.NodeFlags.BlockScoped) === 0 && this.names.declares(list);
  }

  /** `(name as Type)` around a name. */
  #withCasts(name: ts.Identifier): ts.Expression {
    let whole: ts.Expression = name;
    while (this.#isCast(whole.parent)) {
      whole = whole.parent;
    }
    return whole;
  }

  #isCast(node: ts.Node): node is Cast {
    const { compiler } = this;
    return (
      compiler.isParenthesizedExpression(node) ||
      compiler.isAsExpression(node) ||
      compiler.isSatisfiesExpression(node) ||
      compiler.isNonNullExpression(node) ||
      compiler.isTypeAssertionExpression(node)
    );
  }

  #isNamelessFunction(node: ts.Expression): boolean {
    const { compiler } = this;
    let inner = node;
    while (this.#isCast(inner)) {
      inner = inner.expression;
    }
    return (
      compiler.isArrowFunction(inner) ||
      ((compiler.isFunctionExpression(inner) || compiler.isClassExpression(inner)) && !inner.name)
    );
  }
}
