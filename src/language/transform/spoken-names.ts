import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";

interface Surroundings {
  compiler: Compiler;
  context: ts.TransformationContext;
  file: CellSourceFile;
}

/** Names that a compiled cell or what is around it uses itself. */
const taken = new Set(["exports", "require", "module", "__filename", "__dirname", "arguments", "eval"]);

/**
 * V8 puts into a message the text of what is called, constructed, iterated or taken apart. Of an assignment it says the
 * target: `(f = exports.f)()` is "f is not a function", with a variable of that name in the function around it.
 */
export class SpokenNames {
  readonly #cell: Surroundings;
  readonly #roots = new Set<ts.Node>();
  readonly #declared = new WeakMap<ts.Node, Set<string>>();

  constructor(cell: Surroundings) {
    this.#cell = cell;
  }

  /** Remembers the names that a message about the node would say. */
  note(node: ts.Node): void {
    const root = this.#root(this.#subject(node));
    if (root && this.#functionAround(root) && !taken.has(root.text) && !root.text.endsWith("__")) {
      this.#roots.add(root);
    }
  }

  has(node: ts.Identifier): boolean {
    return this.#roots.has(node);
  }

  /** The value, assigned to a variable of the name where a message may say it. */
  name(node: ts.Identifier, value: ts.Expression): ts.Expression {
    const around = this.#roots.has(node) ? this.#functionAround(node) : undefined;
    if (!around) {
      return value;
    }
    const { compiler, context } = this.#cell;
    const { factory } = context;
    const declared = this.#declared.get(around) ?? new Set();
    this.#declared.set(around, declared);
    if (!declared.has(node.text)) {
      declared.add(node.text);
      context.hoistVariableDeclaration(factory.createIdentifier(node.text));
    }
    const assigned = factory.createAssignment(factory.createIdentifier(node.text), value);
    const whole = compiler.setTextRange(factory.createParenthesizedExpression(assigned), node);
    return compiler.setEmitFlags(whole, compiler.EmitFlags.NoTrailingSourceMap);
  }

  #subject(node: ts.Node): ts.Node | undefined {
    const { compiler } = this.#cell;
    if (
      compiler.isCallExpression(node) ||
      compiler.isNewExpression(node) ||
      compiler.isSpreadElement(node) ||
      compiler.isForOfStatement(node)
    ) {
      return node.expression;
    }
    if (compiler.isTaggedTemplateExpression(node)) {
      return node.tag;
    }
    const takesApart = compiler.isVariableDeclaration(node) && compiler.isObjectBindingPattern(node.name);
    return takesApart ? node.initializer : undefined;
  }

  /** `a` of `a.b[0]!.c` */
  #root(node: ts.Node | undefined): ts.Identifier | undefined {
    const { compiler } = this.#cell;
    let inner = node;
    while (
      inner &&
      (compiler.isPropertyAccessExpression(inner) ||
        compiler.isElementAccessExpression(inner) ||
        compiler.isNonNullExpression(inner) ||
        compiler.isAsExpression(inner) ||
        compiler.isSatisfiesExpression(inner) ||
        compiler.isParenthesizedExpression(inner))
    ) {
      inner = inner.expression;
    }
    return inner && compiler.isIdentifier(inner) ? inner : undefined;
  }

  /** The function, or the cell, in whose body the name can be declared; parameters and class bodies have no such place. */
  #functionAround(name: ts.Identifier): ts.Node | undefined {
    const { compiler, file } = this.#cell;
    let node: ts.Node = name;
    while (node.parent !== file) {
      const { parent } = node;
      if (compiler.isFunctionLike(parent)) {
        return "body" in parent && parent.body === node ? parent : undefined;
      }
      if (compiler.isClassLike(parent)) {
        return undefined;
      }
      node = parent;
    }
    return this.#isDeclaredHere(name.text) ? undefined : file;
  }

  /** Functions, classes and the like have a variable of their name in the cell that declares them. */
  #isDeclaredHere(name: string): boolean {
    const { compiler, file } = this.#cell;
    const { SymbolFlags: flag } = compiler;
    const kinds = flag.Function | flag.Class | flag.Enum | flag.ValueModule;
    return ((file.locals.get(name)?.flags ?? 0) & kinds) !== 0;
  }
}
