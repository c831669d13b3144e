import type ts from "typescript-for-cells";
import type { TopLevelNames } from "../cell/top-level.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { CellTree } from "./cell-tree.js";
import type { CellFacts } from "./facts.js";
import { assignment, boundNames } from "./patterns.js";
import { isAwait, visitReferences } from "./references.js";

/**
 * Turns the cell's top-level variables into properties of `exports`, wherever they are declared, read or
 * assigned. A variable is therefore one variable for all cells, closures included.
 */
export function bindNames(
  compiler: Compiler,
  names: TopLevelNames,
  facts: CellFacts,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const tree = new CellTree(compiler, context, names, facts, file as CellSourceFile);
    tree.visitor = visitReferences(tree);
    return new TopLevel(tree).transform();
  };
}

/** The statements at the top of a cell. */
class TopLevel {
  readonly #tree: CellTree;
  readonly #hoisted: ts.Statement[] = [];
  readonly #unset = new Set<string>();

  constructor(tree: CellTree) {
    this.#tree = tree;
  }

  transform(): ts.SourceFile {
    const { compiler, factory, file, lateVariables } = this.#tree;
    const own = file.statements.filter((statement) => !compiler.isExportDeclaration(statement));
    const last = own.at(-1);
    const statements = own.flatMap((statement) =>
      statement === last && compiler.isExpressionStatement(statement)
        ? this.#lastExpression(statement)
        : this.#transform(statement),
    );
    const late = [...lateVariables].map((name) => this.#declareLate(name));
    return factory.updateSourceFile(file, [...this.#unsetAll(), ...this.#hoisted, ...late, ...statements]);
  }

  #transform(statement: ts.Statement): ts.Statement | ts.Statement[] {
    const tree = this.#tree;
    const { compiler } = tree;
    if (this.#isAmbient(statement)) {
      return statement;
    }
    if (compiler.isVariableStatement(statement)) {
      return this.#variables(statement);
    }
    if (compiler.isFunctionDeclaration(statement) && statement.body && statement.name) {
      this.#hoisted.push(this.#export(statement.name.text));
      return tree.visit(statement);
    }
    if ((compiler.isClassDeclaration(statement) || compiler.isEnumDeclaration(statement)) && statement.name) {
      this.#unset.add(statement.name.text);
      return [tree.visit(statement), this.#export(statement.name.text)];
    }
    if (compiler.isModuleDeclaration(statement) && compiler.getModuleInstanceState(statement) !== 0) {
      return [tree.visit(statement), this.#export(statement.name.text)];
    }
    if (compiler.isImportEqualsDeclaration(statement) && tree.names.isValueAlias(statement)) {
      return this.#alias(statement);
    }
    return tree.visit(statement);
  }

  #isAmbient(statement: ts.Statement): boolean {
    const { compiler } = this.#tree;
    const modifiers = compiler.canHaveModifiers(statement) ? compiler.getModifiers(statement) : [];
    return modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.DeclareKeyword) ?? false;
  }

  #lastExpression(statement: ts.ExpressionStatement): ts.Statement {
    const { factory, facts, names } = this.#tree;
    let name = "tsLastExpr";
    for (let count = 0; names.has(name); count++) {
      name = `tsLastExpr${count}`;
    }
    facts.lastExpressionName = name;
    const value = this.#tree.visit(statement.expression);
    return this.#tree.replace(statement, factory.createAssignment(this.#tree.property(name), value));
  }

  #variables(statement: ts.VariableStatement): ts.Statement[] {
    const tree = this.#tree;
    const { compiler, factory } = tree;
    const list = statement.declarationList;
    if ((list.flags & compiler.NodeFlags.Using) !== 0) {
      return [this.#disposables(statement)];
    }
    const isVar = (list.flags & compiler.NodeFlags.BlockScoped) === 0;
    const assignments = list.declarations.flatMap((declaration) => {
      const isLate = isVar && !declaration.initializer;
      const names = isVar ? tree.lateVariables : this.#unset;
      for (const name of isLate || !isVar ? boundNames(compiler, declaration.name) : []) {
        names.add(name);
      }
      return isLate ? [] : [{ declaration, value: assignment(tree, declaration) }];
    });
    return assignments.map(({ declaration, value }, index) =>
      index === 0
        ? tree.replace(statement, value)
        : compiler.setTextRange(factory.createExpressionStatement(value), declaration),
    );
  }

  /** `using` stays what it is, with a name of its own, and the notebook's variable gets the same value. */
  #disposables(statement: ts.VariableStatement): ts.Statement {
    const tree = this.#tree;
    const { factory, facts } = tree;
    const list = statement.declarationList;
    facts.hasTopLevelAwait ||= isAwait(tree, list);
    const declarations = list.declarations.map((declaration) => {
      const own = factory.createUniqueName((declaration.name as ts.Identifier).text);
      const value = assignment(tree, declaration);
      return factory.updateVariableDeclaration(declaration, own, undefined, undefined, value);
    });
    const own = factory.updateVariableDeclarationList(list, declarations);
    return factory.updateVariableStatement(statement, undefined, own);
  }

  /** `import A = B.C` */
  #alias(statement: ts.ImportEqualsDeclaration): ts.Statement {
    const { compiler, factory } = this.#tree;
    if (compiler.isExternalModuleReference(statement.moduleReference)) {
      return statement;
    }
    const value = this.#entity(statement.moduleReference);
    const target = this.#tree.property(statement.name.text, statement.name);
    return this.#tree.replace(statement, factory.createAssignment(target, value));
  }

  #entity(name: ts.EntityName): ts.Expression {
    const { compiler, factory, names } = this.#tree;
    if (compiler.isQualifiedName(name)) {
      return factory.createPropertyAccessExpression(this.#entity(name.left), name.right.text);
    }
    return names.has(name.text) ? this.#tree.property(name.text, name) : name;
  }

  #export(name: string): ts.Statement {
    const { factory } = this.#tree;
    const value = factory.createIdentifier(name);
    return factory.createExpressionStatement(factory.createAssignment(this.#tree.property(name), value));
  }

  /** What a variable of that name was before is forgotten when the cell begins, not when it gets there. */
  #unsetAll(): ts.Statement[] {
    const { factory } = this.#tree;
    const undefinedValue: ts.Expression = factory.createVoidZero();
    const chain = [...this.#unset].reduceRight(
      (value, name) => factory.createAssignment(this.#tree.property(name), value),
      undefinedValue,
    );
    return this.#unset.size === 0 ? [] : [factory.createExpressionStatement(chain)];
  }

  /** `var` without a value changes nothing of a variable that is there. */
  #declareLate(name: string): ts.Statement {
    const { compiler, factory } = this.#tree;
    const key = factory.createStringLiteral(name);
    const isKnown = factory.createBinaryExpression(key, compiler.SyntaxKind.InKeyword, this.#tree.exports());
    const declare = factory.createAssignment(this.#tree.property(name), factory.createVoidZero());
    const unlessKnown = factory.createLogicalOr(isKnown, factory.createParenthesizedExpression(declare));
    return factory.createExpressionStatement(unlessKnown);
  }
}
