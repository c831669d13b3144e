import type ts from "typescript-for-cells";
import type { CellSourceFile, Compiler } from "./compiler.js";
import type { CellFacts } from "./facts.js";
import { helperNames } from "./prologue.js";
import type { TopLevelNames } from "./top-level.js";

/**
 * Turns the cell's top-level variables into properties of `exports`, wherever they are declared, read or
 * assigned. A variable is therefore one variable for all cells, closures included.
 */
export function bindNames(
  compiler: Compiler,
  names: TopLevelNames,
  facts: CellFacts,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) =>
    new Binder(compiler, context, names, facts, file as CellSourceFile).transform();
}

class Binder {
  readonly #ts: Compiler;
  readonly #context: ts.TransformationContext;
  readonly #factory: ts.NodeFactory;
  readonly #names: TopLevelNames;
  readonly #facts: CellFacts;
  readonly #file: CellSourceFile;
  readonly #hoisted: ts.Statement[] = [];
  readonly #unset = new Set<string>();
  readonly #lateVariables = new Set<string>();
  #functionDepth = 0;

  constructor(
    compiler: Compiler,
    context: ts.TransformationContext,
    names: TopLevelNames,
    facts: CellFacts,
    file: CellSourceFile,
  ) {
    this.#ts = compiler;
    this.#context = context;
    this.#factory = context.factory;
    this.#names = names;
    this.#facts = facts;
    this.#file = file;
  }

  transform(): ts.SourceFile {
    const own = this.#file.statements.filter((statement) => !this.#ts.isExportDeclaration(statement));
    const last = own.at(-1);
    const statements = own.flatMap((statement) =>
      statement === last && this.#ts.isExpressionStatement(statement)
        ? this.#lastExpression(statement)
        : this.#topLevel(statement),
    );
    const late = [...this.#lateVariables].map((name) => this.#declareLate(name));
    const begin = [...this.#unsetAll(), ...this.#hoisted, ...late];
    return this.#factory.updateSourceFile(this.#file, [...begin, ...statements]);
  }

  #topLevel(statement: ts.Statement): ts.Statement | ts.Statement[] {
    const ts = this.#ts;
    if (this.#isAmbient(statement)) {
      return statement;
    }
    if (ts.isVariableStatement(statement)) {
      return this.#variables(statement);
    }
    if (ts.isFunctionDeclaration(statement) && statement.body && statement.name) {
      this.#hoisted.push(this.#export(statement.name.text));
      return this.#visit(statement);
    }
    if (ts.isClassDeclaration(statement) && statement.name) {
      this.#unset.add(statement.name.text);
      return [this.#visit(statement), this.#export(statement.name.text)];
    }
    if (ts.isEnumDeclaration(statement)) {
      this.#unset.add(statement.name.text);
      return [this.#visit(statement), this.#export(statement.name.text)];
    }
    if (ts.isModuleDeclaration(statement) && ts.getModuleInstanceState(statement) !== 0) {
      return [this.#visit(statement), this.#export(statement.name.text)];
    }
    if (ts.isImportEqualsDeclaration(statement) && !ts.isExternalModuleReference(statement.moduleReference)) {
      return this.#names.isValueAlias(statement)
        ? this.#assign(statement, statement.name, this.#entity(statement.moduleReference))
        : statement;
    }
    return this.#visit(statement);
  }

  /** What a variable of that name was before is forgotten when the cell begins, not when it gets there. */
  #unsetAll(): ts.Statement[] {
    if (this.#unset.size === 0) {
      return [];
    }
    const undefinedValue: ts.Expression = this.#factory.createVoidZero();
    const chain = [...this.#unset].reduceRight(
      (value, name) => this.#factory.createAssignment(this.#property(name), value),
      undefinedValue,
    );
    return [this.#factory.createExpressionStatement(chain)];
  }

  #isAmbient(statement: ts.Statement): boolean {
    return (
      this.#ts.canHaveModifiers(statement) &&
      (this.#ts.getModifiers(statement) ?? []).some(({ kind }) => kind === this.#ts.SyntaxKind.DeclareKeyword)
    );
  }

  #lastExpression(statement: ts.ExpressionStatement): ts.Statement {
    let name = "tsLastExpr";
    for (let count = 0; this.#names.has(name); count++) {
      name = `tsLastExpr${count}`;
    }
    this.#facts.lastExpressionName = name;
    const value = this.#visit(statement.expression);
    return this.#replace(statement, this.#factory.createAssignment(this.#property(name), value));
  }

  #variables(statement: ts.VariableStatement): ts.Statement[] {
    const list = statement.declarationList;
    if ((list.flags & this.#ts.NodeFlags.Using) !== 0) {
      return [this.#disposables(statement)];
    }
    const isVar = (list.flags & this.#ts.NodeFlags.BlockScoped) === 0;
    if (!isVar) {
      this.#noteNames(list, this.#unset);
    }
    const assignments = list.declarations.flatMap((declaration) => {
      if (isVar && !declaration.initializer) {
        this.#lateVariables.add((declaration.name as ts.Identifier).text);
        return [];
      }
      return this.#assignment(declaration);
    });
    return assignments.map((assignment, index) =>
      index === 0
        ? this.#replace(statement, assignment)
        : this.#ts.setTextRange(
            this.#factory.createExpressionStatement(assignment),
            list.declarations[index],
          ),
    );
  }

  /** `using` stays what it is, with a name of its own, and the notebook's variable gets the same value. */
  #disposables(statement: ts.VariableStatement): ts.Statement {
    const list = statement.declarationList;
    this.#noteAwait(list);
    const declarations = list.declarations.map((declaration) => {
      const name = declaration.name as ts.Identifier;
      return this.#factory.updateVariableDeclaration(
        declaration,
        this.#factory.createUniqueName(name.text),
        undefined,
        undefined,
        this.#assignment(declaration),
      );
    });
    return this.#factory.updateVariableStatement(
      statement,
      undefined,
      this.#factory.updateVariableDeclarationList(list, declarations),
    );
  }

  #assignment(declaration: ts.VariableDeclaration): ts.Expression {
    const value = declaration.initializer
      ? this.#named(declaration.name, declaration.initializer)
      : this.#factory.createVoidZero();
    const assignment = this.#factory.createAssignment(this.#target(declaration.name), value);
    this.#ts.setTextRange(assignment, declaration);
    return this.#ts.isObjectBindingPattern(declaration.name)
      ? this.#factory.createParenthesizedExpression(assignment)
      : assignment;
  }

  /** A binding as what can stand left of `=`. */
  #target(name: ts.BindingName): ts.Expression {
    const ts = this.#ts;
    if (ts.isIdentifier(name)) {
      return this.#property(name.text, name);
    }
    if (ts.isArrayBindingPattern(name)) {
      return this.#factory.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (ts.isOmittedExpression(element)) {
            return element;
          }
          const target = this.#withDefault(element);
          return element.dotDotDotToken ? this.#factory.createSpreadElement(target) : target;
        }),
      );
    }
    return this.#factory.createObjectLiteralExpression(
      name.elements.map((element) => {
        const target = this.#withDefault(element);
        return element.dotDotDotToken
          ? this.#factory.createSpreadAssignment(target)
          : this.#factory.createPropertyAssignment(
              this.#visit(element.propertyName ?? (element.name as ts.Identifier)),
              target,
            );
      }),
    );
  }

  #withDefault(element: ts.BindingElement): ts.Expression {
    const target = this.#target(element.name);
    return element.initializer
      ? this.#factory.createAssignment(target, this.#named(element.name, element.initializer))
      : target;
  }

  /** A nameless function takes the name of a variable, but not of a property, that it is assigned to. */
  #named(name: ts.Node, value: ts.Expression): ts.Expression {
    const visited = this.#visit(value);
    if (!this.#ts.isIdentifier(name) || !this.#isNamelessFunction(value)) {
      return visited;
    }
    const key = this.#factory.createComputedPropertyName(this.#factory.createStringLiteral(name.text));
    const holder = this.#factory.createObjectLiteralExpression([
      this.#factory.createPropertyAssignment(key, visited),
    ]);
    return this.#factory.createElementAccessExpression(holder, this.#factory.createStringLiteral(name.text));
  }

  #isNamelessFunction(node: ts.Expression): boolean {
    const ts = this.#ts;
    let inner = node;
    while (
      ts.isParenthesizedExpression(inner) ||
      ts.isAsExpression(inner) ||
      ts.isSatisfiesExpression(inner) ||
      ts.isNonNullExpression(inner) ||
      ts.isTypeAssertionExpression(inner)
    ) {
      inner = inner.expression;
    }
    return (
      ts.isArrowFunction(inner) ||
      ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && !inner.name)
    );
  }

  #visit<T extends ts.Node>(node: T): T {
    return this.#ts.visitNode(node, this.#visitor) as T;
  }

  readonly #visitor = (node: ts.Node): ts.VisitResult<ts.Node> => {
    const ts = this.#ts;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) {
      return node;
    }
    if (ts.isIdentifier(node)) {
      return this.#names.isReference(node) ? this.#reference(node) : node;
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      return this.#shorthand(node);
    }
    if (ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) {
      return this.#call(node);
    }
    if (
      ts.isBinaryExpression(node) &&
      ts.isIdentifier(node.left) &&
      ts.isAssignmentOperator(node.operatorToken.kind)
    ) {
      return this.#namedAssignment(node);
    }
    if (ts.isVariableDeclarationList(node)) {
      return this.#innerVariables(node);
    }
    if (ts.isVariableStatement(node) && this.#isHoistedVar(node.declarationList)) {
      return this.#innerVariableStatement(node);
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      this.#facts.helpers.add("importMeta");
      return this.#factory.createIdentifier(helperNames.importMeta);
    }
    if (ts.isFunctionLike(node)) {
      this.#functionDepth++;
      const visited = ts.visitEachChild(node, this.#visitor, this.#context);
      this.#functionDepth--;
      return visited;
    }
    this.#noteAwait(node);
    this.#facts.usesJsx ||= ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node);
    return ts.visitEachChild(node, this.#visitor, this.#context);
  };

  #noteAwait(node: ts.Node): void {
    const ts = this.#ts;
    const awaits =
      ts.isAwaitExpression(node) ||
      (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
      (ts.isVariableDeclarationList(node) &&
        (node.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing);
    this.#facts.hasTopLevelAwait ||= awaits && this.#functionDepth === 0;
  }

  #shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
    if (!this.#names.isShorthandReference(node)) {
      return this.#ts.visitEachChild(node, this.#visitor, this.#context);
    }
    const value = this.#reference(node.name);
    const initializer = node.objectAssignmentInitializer;
    const target = initializer
      ? this.#factory.createAssignment(value, this.#named(node.name, initializer))
      : value;
    return this.#ts.setTextRange(
      this.#factory.createPropertyAssignment(this.#factory.createIdentifier(node.name.text), target),
      node,
    );
  }

  /** A call keeps `this` undefined, as the call of a variable does. */
  #call(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
    const ts = this.#ts;
    const visited = ts.visitEachChild(node, this.#visitor, this.#context);
    const callee = ts.isCallExpression(node) ? node.expression : node.tag;
    if (!ts.isIdentifier(callee) || !this.#names.isReference(callee)) {
      return this.#dynamicImport(visited);
    }
    const zero = this.#factory.createNumericLiteral(0);
    const value = this.#factory.createParenthesizedExpression(
      this.#factory.createComma(zero, this.#property(callee.text, callee)),
    );
    ts.setEmitFlags(ts.setTextRange(value, callee), ts.EmitFlags.NoTrailingSourceMap);
    if (ts.isTaggedTemplateExpression(visited)) {
      return this.#factory.updateTaggedTemplateExpression(visited, value, undefined, visited.template);
    }
    return ts.isCallChain(visited)
      ? this.#factory.updateCallChain(visited, value, visited.questionDotToken, undefined, visited.arguments)
      : this.#factory.updateCallExpression(visited, value, undefined, visited.arguments);
  }

  /** `import("./x")` loads TypeScript and JSON too; packages go through Node's own `import()`. */
  #dynamicImport(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
    const ts = this.#ts;
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) {
      return node;
    }
    const [specifier] = node.arguments;
    if (!specifier || !ts.isStringLiteralLike(specifier) || !this.#facts.isLocal(specifier.text)) {
      return node;
    }
    this.#facts.helpers.add("importLocal");
    const load = this.#factory.createIdentifier(helperNames.importLocal);
    return this.#factory.createCallExpression(load, undefined, [specifier]);
  }

  #namedAssignment(node: ts.BinaryExpression): ts.Node {
    const target = this.#visit(node.left);
    return target === node.left
      ? this.#ts.visitEachChild(node, this.#visitor, this.#context)
      : this.#factory.updateBinaryExpression(
          node,
          target,
          node.operatorToken,
          this.#named(node.left, node.right),
        );
  }

  #isHoistedVar(list: ts.VariableDeclarationList): boolean {
    return (list.flags & this.#ts.NodeFlags.BlockScoped) === 0 && this.#names.declares(list);
  }

  /** `var` in a block or a loop head declares a notebook variable all the same. */
  #innerVariables(list: ts.VariableDeclarationList): ts.Node {
    this.#noteAwait(list);
    if (!this.#isHoistedVar(list)) {
      return this.#ts.visitEachChild(list, this.#visitor, this.#context);
    }
    const { parent } = list;
    const isLoopVariable = this.#ts.isForOfStatement(parent) || this.#ts.isForInStatement(parent);
    const [first] = list.declarations;
    if (isLoopVariable && first) {
      this.#noteName(first.name, this.#lateVariables);
      return this.#target(first.name);
    }
    return this.#innerAssignments(list) ?? this.#factory.createVoidZero();
  }

  #innerVariableStatement(statement: ts.VariableStatement): ts.Statement {
    const assignments = this.#innerAssignments(statement.declarationList);
    return assignments ? this.#replace(statement, assignments) : this.#factory.createEmptyStatement();
  }

  #innerAssignments(list: ts.VariableDeclarationList): ts.Expression | undefined {
    const assignments = list.declarations.flatMap((declaration) => {
      this.#noteName(declaration.name, this.#lateVariables);
      return declaration.initializer ? [this.#assignment(declaration)] : [];
    });
    return assignments.length > 1 ? this.#factory.createCommaListExpression(assignments) : assignments[0];
  }

  #noteNames(list: ts.VariableDeclarationList, names: Set<string>): void {
    for (const { name } of list.declarations) {
      this.#noteName(name, names);
    }
  }

  #noteName(name: ts.BindingName, names: Set<string>): void {
    if (this.#ts.isIdentifier(name)) {
      names.add(name.text);
      return;
    }
    for (const element of name.elements) {
      if (this.#ts.isBindingElement(element)) {
        this.#noteName(element.name, names);
      }
    }
  }

  #declareLate(name: string): ts.Statement {
    const isKnown = this.#factory.createBinaryExpression(
      this.#factory.createStringLiteral(name),
      this.#ts.SyntaxKind.InKeyword,
      this.#exports(),
    );
    const declare = this.#factory.createAssignment(this.#property(name), this.#factory.createVoidZero());
    return this.#factory.createExpressionStatement(
      this.#factory.createLogicalOr(isKnown, this.#factory.createParenthesizedExpression(declare)),
    );
  }

  #entity(name: ts.EntityName | ts.ModuleReference): ts.Expression {
    if (this.#ts.isQualifiedName(name)) {
      return this.#factory.createPropertyAccessExpression(this.#entity(name.left), name.right.text);
    }
    const { text } = name as ts.Identifier;
    return this.#names.has(text) ? this.#property(text, name) : (name as ts.Identifier);
  }

  #export(name: string): ts.Statement {
    return this.#factory.createExpressionStatement(
      this.#factory.createAssignment(this.#property(name), this.#factory.createIdentifier(name)),
    );
  }

  #assign(statement: ts.Statement, name: ts.Identifier, value: ts.Expression): ts.Statement {
    return this.#replace(statement, this.#factory.createAssignment(this.#property(name.text, name), value));
  }

  #replace(statement: ts.Statement, expression: ts.Expression): ts.Statement {
    const replacement = this.#factory.createExpressionStatement(expression);
    return this.#ts.setOriginalNode(this.#ts.setTextRange(replacement, statement), statement);
  }

  #exports(): ts.Expression {
    return this.#file.identifiers.has("exports")
      ? this.#factory.createPropertyAccessExpression(this.#factory.createIdentifier("__tslab__"), "exports")
      : this.#factory.createIdentifier("exports");
  }

  /** The checker refuses an assignment to a constant; where it does not look, the assignment throws. */
  #reference(node: ts.Identifier): ts.Expression {
    if (!this.#ts.isAssignmentTarget(node) || !this.#names.isConstant(node)) {
      return this.#property(node.text, node);
    }
    this.#facts.helpers.add("constant");
    const constant = this.#factory.createIdentifier(helperNames.constant);
    return this.#ts.setTextRange(this.#factory.createPropertyAccessExpression(constant, node.text), node);
  }

  #property(name: string, from?: ts.Node): ts.Expression {
    const access = this.#factory.createPropertyAccessExpression(this.#exports(), name);
    if (from) {
      this.#ts.setTextRange(access, from);
      const { NoComments, NoTrailingSourceMap } = this.#ts.EmitFlags;
      this.#ts.setEmitFlags(access, NoComments | NoTrailingSourceMap);
    }
    return access;
  }
}
