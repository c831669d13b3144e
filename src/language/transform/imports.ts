import { isBuiltin } from "node:module";
import type ts from "typescript-for-cells";
import type { TopLevelNames } from "../cell/top-level.js";
import type { Compiler } from "../compiler/compiler.js";
import type { CellFacts } from "./facts.js";
import { type Helper, helperNames } from "./prologue.js";

/**
 * Turns the imports that remain after TypeScript has dropped those of types into calls of `require`, and binds
 * the imported names to `exports` as live values.
 */
export function loadImports(
  compiler: Compiler,
  names: TopLevelNames,
  facts: CellFacts,
  jsxRoot: string,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const imports: ts.Statement[] = [];
    const others: ts.Statement[] = [];
    const loader = new ImportLoader(compiler, context.factory, facts);
    for (const statement of file.statements) {
      if (compiler.isImportDeclaration(statement)) {
        imports.push(...loader.load(statement));
      } else if (!compiler.isExportDeclaration(statement)) {
        others.push(statement);
      }
    }
    const result = context.factory.updateSourceFile(file, [...imports, ...others]);
    return facts.usesJsx && names.has(jsxRoot) ? bindJsxRoot(compiler, context, result, jsxRoot) : result;
  };
}

class ImportLoader {
  readonly #ts: Compiler;
  readonly #factory: ts.NodeFactory;
  readonly #facts: CellFacts;

  constructor(compiler: Compiler, factory: ts.NodeFactory, facts: CellFacts) {
    this.#ts = compiler;
    this.#factory = factory;
    this.#facts = facts;
  }

  load(statement: ts.ImportDeclaration): ts.Statement[] {
    const module = this.#factory.getGeneratedNameForNode(statement);
    const value = this.#require(statement.moduleSpecifier as ts.StringLiteral);
    const clause = statement.importClause;
    if (!clause) {
      return [this.#at(statement, this.#factory.createExpressionStatement(value))];
    }
    if (this.#isSynthesised(clause)) {
      return [this.#constant(this.#pattern(clause.namedBindings as ts.NamedImports), value)];
    }
    return [this.#at(statement, this.#constant(module, value)), ...this.#bindings(clause, module)];
  }

  #isSynthesised(clause: ts.ImportClause): boolean {
    const bindings = clause.namedBindings;
    return (
      bindings !== undefined &&
      this.#ts.isNamedImports(bindings) &&
      bindings.elements.every((element) => !this.#ts.getParseTreeNode(element))
    );
  }

  #pattern(imports: ts.NamedImports): ts.ObjectBindingPattern {
    return this.#factory.createObjectBindingPattern(
      imports.elements.map(({ propertyName, name }) =>
        this.#factory.createBindingElement(undefined, propertyName, name),
      ),
    );
  }

  #require(specifier: ts.StringLiteral): ts.Expression {
    const { text } = specifier;
    const isFile = this.#facts.isLocal(text) && !text.endsWith(".mjs");
    if (isBuiltin(text) || text === "tslab" || isFile) {
      return this.#call("require", [specifier]);
    }
    this.#facts.hasTopLevelAwait = true;
    return this.#factory.createAwaitExpression(this.#help("importModule", [specifier]));
  }

  #bindings(clause: ts.ImportClause, module: ts.Identifier): ts.Statement[] {
    const statements: ts.Statement[] = [];
    if (clause.name) {
      statements.push(this.#bind(clause.name.text, this.#help("defaultOf", [module])));
    }
    const bindings = clause.namedBindings;
    if (bindings && this.#ts.isNamespaceImport(bindings)) {
      const namespace = this.#factory.createUniqueName(bindings.name.text);
      statements.push(this.#constant(namespace, this.#help("namespaceOf", [module])));
      statements.push(this.#bind(bindings.name.text, namespace));
    }
    if (bindings && this.#ts.isNamedImports(bindings)) {
      for (const { propertyName, name } of bindings.elements) {
        const { text } = propertyName ?? name;
        statements.push(
          this.#bind(
            name.text,
            text === "default"
              ? this.#help("defaultOf", [module])
              : this.#factory.createElementAccessExpression(module, this.#factory.createStringLiteral(text)),
          ),
        );
      }
    }
    return statements;
  }

  #bind(name: string, value: ts.Expression): ts.Statement {
    const getter = this.#factory.createArrowFunction(undefined, undefined, [], undefined, undefined, value);
    return this.#factory.createExpressionStatement(
      this.#help("bindImport", [this.#factory.createStringLiteral(name), getter]),
    );
  }

  #constant(name: ts.BindingName, value: ts.Expression): ts.Statement {
    const declaration = this.#factory.createVariableDeclaration(name, undefined, undefined, value);
    return this.#factory.createVariableStatement(
      undefined,
      this.#factory.createVariableDeclarationList([declaration], this.#ts.NodeFlags.Const),
    );
  }

  #help(helper: Helper, args: ts.Expression[]): ts.Expression {
    this.#facts.helpers.add(helper);
    return this.#call(helperNames[helper], args);
  }

  #call(name: string, args: ts.Expression[]): ts.Expression {
    return this.#factory.createCallExpression(this.#factory.createIdentifier(name), undefined, args);
  }

  #at(statement: ts.Statement, replacement: ts.Statement): ts.Statement {
    return this.#ts.setOriginalNode(this.#ts.setTextRange(replacement, statement), statement);
  }
}

/** TypeScript writes `React` itself for a JSX element; it means the notebook's variable. */
function bindJsxRoot(
  compiler: Compiler,
  context: ts.TransformationContext,
  file: ts.SourceFile,
  jsxRoot: string,
): ts.SourceFile {
  const { factory } = context;
  const visitor = (node: ts.Node): ts.Node => {
    const isRoot =
      compiler.isPropertyAccessExpression(node) &&
      compiler.isIdentifier(node.expression) &&
      node.expression.text === jsxRoot &&
      !compiler.getParseTreeNode(node);
    return isRoot
      ? factory.createPropertyAccessExpression(
          factory.createPropertyAccessExpression(factory.createIdentifier("exports"), jsxRoot),
          node.name,
        )
      : compiler.visitEachChild(node, visitor, context);
  };
  return compiler.visitEachChild(file, visitor, context);
}
