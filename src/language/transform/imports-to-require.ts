import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import { Nodes } from "./nodes.js";
import { helperNames } from "./prologue.js";

export interface ModuleKinds {
  /** True of what `require` loads at once; all else is awaited. */
  isLoadedAtOnce(specifier: string): boolean;
  /** True of a module whose namespace is Node's own object, which is awaited. */
  hasNodesNamespace(specifier: string): boolean;
  /** True of a name that is there for the compiler only. */
  isErased(name: ts.ImportSpecifier): boolean;
}

/**
 * Turns the imports that remain after TypeScript has dropped those of types into calls of `require`, and binds
 * the imported names to `exports` as live values.
 */
export function importsToRequire(
  compiler: Compiler,
  factory: ts.NodeFactory,
  file: ts.SourceFile,
  kinds: ModuleKinds,
): ts.SourceFile {
  const loader = new ImportLoader(compiler, factory, kinds);
  const statements = file.statements.filter((statement) => !compiler.isExportDeclaration(statement));
  const imports = statements.filter((statement) => compiler.isImportDeclaration(statement));
  const others = statements.filter((statement) => !compiler.isImportDeclaration(statement));
  return factory.updateSourceFile(file, [
    ...imports.flatMap((statement) => loader.load(statement)),
    ...others,
  ]);
}

class ImportLoader {
  readonly #ts: Compiler;
  readonly #nodes: Nodes;
  readonly #kinds: ModuleKinds;

  constructor(compiler: Compiler, factory: ts.NodeFactory, kinds: ModuleKinds) {
    this.#ts = compiler;
    this.#nodes = new Nodes(compiler, factory);
    this.#kinds = kinds;
  }

  load(statement: ts.ImportDeclaration): ts.Statement[] {
    const nodes = this.#nodes;
    const clause = statement.importClause;
    const value = this.#load(statement.moduleSpecifier, clause);
    if (!clause) {
      return [nodes.inPlaceOf(statement, nodes.statement(value))];
    }
    const synthesised = this.#synthesised(clause);
    if (synthesised) {
      return [nodes.constant(this.#pattern(synthesised), value)];
    }
    const module = nodes.factory.getGeneratedNameForNode(statement);
    return [
      nodes.inPlaceOf(statement, nodes.constant(module, value)),
      ...this.#check(statement, module),
      ...this.#bindings(clause, module),
    ];
  }

  /** The names that TypeScript itself imports, for JSX. */
  #synthesised({ namedBindings }: ts.ImportClause): ts.NamedImports | undefined {
    return namedBindings &&
      this.#ts.isNamedImports(namedBindings) &&
      namedBindings.elements.every((element) => !this.#ts.getParseTreeNode(element))
      ? namedBindings
      : undefined;
  }

  #pattern(imports: ts.NamedImports): ts.ObjectBindingPattern {
    const { factory } = this.#nodes;
    return factory.createObjectBindingPattern(
      imports.elements.map(({ propertyName, name }) =>
        factory.createBindingElement(undefined, propertyName, name),
      ),
    );
  }

  #load(specifier: ts.Expression, clause?: ts.ImportClause): ts.Expression {
    const text = textOf(this.#ts, specifier);
    const awaited = (helper: string) =>
      this.#nodes.factory.createAwaitExpression(this.#nodes.call(helper, [specifier]));
    if (this.#isNamespace(clause) && this.#kinds.hasNodesNamespace(text)) {
      return awaited(helperNames.importNamespace);
    }
    return this.#kinds.isLoadedAtOnce(text)
      ? this.#nodes.call("require", [specifier])
      : awaited(helperNames.importModule);
  }

  #isNamespace({ namedBindings }: Partial<ts.ImportClause> = {}): boolean {
    return namedBindings !== undefined && this.#ts.isNamespaceImport(namedBindings);
  }

  #bindings({ name, namedBindings }: ts.ImportClause, module: ts.Identifier): ts.Statement[] {
    const nodes = this.#nodes;
    const statements: ts.Statement[] = [];
    if (name) {
      statements.push(this.#bind(name.text, this.#member(module, "default")));
    }
    if (namedBindings && this.#ts.isNamespaceImport(namedBindings)) {
      const { text } = namedBindings.name;
      const namespace = nodes.unique(text);
      statements.push(nodes.constant(namespace, nodes.call(helperNames.namespaceOf, [module])));
      statements.push(this.#bind(text, namespace));
    } else if (namedBindings) {
      for (const { propertyName, name: local } of namedBindings.elements) {
        statements.push(this.#bind(local.text, this.#member(module, (propertyName ?? local).text)));
      }
    }
    return statements;
  }

  /** Node refuses to import what a module does not export. */
  #check({ importClause, moduleSpecifier }: ts.ImportDeclaration, module: ts.Identifier): ts.Statement[] {
    const bindings = importClause?.namedBindings;
    const elements = bindings && this.#ts.isNamedImports(bindings) ? bindings.elements : [];
    const names = elements
      .filter((element) => !this.#kinds.isErased(element))
      .map(({ propertyName, name }) => (propertyName ?? name).text);
    const all = importClause?.name ? ["default", ...names] : names;
    const from = this.#nodes.string(textOf(this.#ts, moduleSpecifier));
    const check = () => this.#nodes.call(helperNames.checkExports, [module, from, this.#nodes.strings(all)]);
    return all.length > 0 ? [this.#nodes.statement(check())] : [];
  }

  #member(module: ts.Identifier, name: string): ts.Expression {
    return name === "default"
      ? this.#nodes.call(helperNames.defaultOf, [module])
      : this.#nodes.element(module, name);
  }

  #bind(name: string, value: ts.Expression): ts.Statement {
    const nodes = this.#nodes;
    return nodes.statement(nodes.call(helperNames.bindImport, [nodes.string(name), nodes.arrow(value)]));
  }
}

function textOf(compiler: Compiler, specifier: ts.Expression): string {
  return compiler.isStringLiteral(specifier) ? specifier.text : "";
}
