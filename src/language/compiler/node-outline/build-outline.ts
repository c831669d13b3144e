import type ts from "typescript";
import type { Compiler } from "../compiler.js";
import { inheritedNames } from "./inherited-names.js";
import { type DeclarationFile, joinedFiles } from "./joined-files.js";
import { mentionsOf } from "./mentions.js";
import {
  type Binding,
  canonicalModule,
  globalScope,
  impliedBy,
  type ModuleScope,
  type Outline,
  type Unit,
  withoutComments,
} from "./outline.js";

/** A place in the declarations: the scope of the names that are declared there, and those in which names are looked for. */
interface Place {
  scope: string;
  sees: string[];
}

const nothing = { mentions: [], qualifiers: [], modules: [], wholeModules: [], bindings: [] };

/** Takes declarations apart: `texts` by their paths, and the names of the language, whose declarations they may add to. */
export function buildOutline(
  compiler: Compiler,
  texts: ReadonlyMap<string, string>,
  languageNames: ReadonlySet<string>,
): Outline {
  const builder = new OutlineBuilder(compiler, languageNames);
  const parts = new Map([...texts].map(([path, text]) => [path, builder.file(path, text)]));
  const files = joinedFiles(parts);
  const { units, modules } = builder;
  const globals = units.filter(({ scope }) => scope === globalScope).flatMap(({ names }) => names);
  const implied = new Set(impliedBy.values());
  const roots = new Set(globals.filter((name) => languageNames.has(name) && !implied.has(name)));
  return { units, files, modules, roots: [...roots] };
}

class OutlineBuilder {
  readonly units: Unit[] = [];
  readonly modules: Record<string, ModuleScope> = {};
  readonly #compiler: Compiler;
  readonly #languageNames: ReadonlySet<string>;

  constructor(compiler: Compiler, languageNames: ReadonlySet<string>) {
    this.#compiler = compiler;
    this.#languageNames = languageNames;
  }

  file(path: string, text: string): DeclarationFile {
    const source = this.#compiler.createSourceFile(
      path,
      text,
      {
        languageVersion: this.#compiler.ScriptTarget.Latest,
        jsDocParsingMode: this.#compiler.JSDocParsingMode.ParseNone,
      },
      true,
    );
    const isModule = this.#compiler.isExternalModule(source);
    const place = isModule
      ? { scope: `file ${path}`, sees: [`file ${path}`, globalScope] }
      : { scope: globalScope, sees: [globalScope] };
    const references = text.match(/^\/\/\/ <reference .*$/gm) ?? [];
    return { references, parts: this.#statements(source.statements, place), isModule };
  }

  #statements(statements: readonly ts.Statement[], place: Place): (string | number)[] {
    return statements.flatMap((statement) => this.#statement(statement, place));
  }

  #statement(statement: ts.Statement, place: Place): (string | number)[] {
    const compiler = this.#compiler;
    const text = `${withoutComments(statement.getText())}\n`;
    if (compiler.isModuleDeclaration(statement)) {
      return this.#block(statement, place) ?? [this.#unit(statement, text, place)];
    }
    if (compiler.isImportDeclaration(statement)) {
      const bindings = this.#bindings(statement);
      return [bindings.length === 0 ? text : this.#import(text, place, bindings)];
    }
    if (
      compiler.isImportEqualsDeclaration(statement) &&
      compiler.isExternalModuleReference(statement.moduleReference)
    ) {
      const module = moduleOf(statement.moduleReference.expression);
      return [this.#import(text, place, [{ name: statement.name.text, module }])];
    }
    if (compiler.isExportDeclaration(statement)) {
      this.#export(statement, this.#module(place.scope));
      return [text];
    }
    if (compiler.isExportAssignment(statement)) {
      const { mentions, qualifiers } = mentionsOf(compiler, statement.expression);
      this.#module(place.scope).main.push(...mentions, ...qualifiers);
      return [text];
    }
    return [this.#unit(statement, text, place)];
  }

  /** The statements of a block of which parts may be left out. */
  #block(statement: ts.ModuleDeclaration, place: Place): (string | number)[] | undefined {
    const compiler = this.#compiler;
    const { name, body } = statement;
    if (!body || !compiler.isModuleBlock(body)) {
      return undefined;
    }
    const inside = this.#inside(statement, place);
    if (!inside) {
      return undefined;
    }
    if (compiler.isStringLiteral(name)) {
      this.#module(inside.scope);
    }
    const source = statement.getSourceFile();
    const head = source.text.slice(statement.getStart(), body.getStart() + 1);
    return [`${head}\n`, ...this.#statements(body.statements, inside), "}\n"];
  }

  #inside(statement: ts.ModuleDeclaration, { scope, sees }: Place): Place | undefined {
    const { name } = statement;
    if (this.#compiler.isGlobalScopeAugmentation(statement)) {
      return { scope: globalScope, sees };
    }
    if (this.#compiler.isStringLiteral(name)) {
      const module = canonicalModule(name.text);
      return { scope: module, sees: [module, ...sees] };
    }
    return scope === globalScope && name.text === "NodeJS" ? { scope, sees } : undefined;
  }

  #unit(statement: ts.Statement, text: string, { scope, sees }: Place): number {
    const names = inheritedNames(this.#compiler, statement, this.#languageNames) ?? this.#declared(statement);
    // Nothing else mentions all modules; a cell that asks for one by it gets all declarations.
    const found = names.includes("BuiltInModule") ? nothing : mentionsOf(this.#compiler, statement);
    return this.units.push({ ...nothing, ...found, text, scope, sees, names }) - 1;
  }

  #import(text: string, { scope, sees }: Place, bindings: Binding[]): number {
    const names = bindings.map(({ name }) => name);
    return this.units.push({ ...nothing, text, scope, sees, names, bindings }) - 1;
  }

  /** The names of a statement, with those in a namespace. */
  #declared(statement: ts.Node): string[] {
    const compiler = this.#compiler;
    if (compiler.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    }
    const name = "name" in statement ? (statement.name as ts.Node | undefined) : undefined;
    const own = name ? [name.getText()] : [];
    if (!compiler.isModuleDeclaration(statement) || !statement.body) {
      return own;
    }
    const { body } = statement;
    const inner = compiler.isModuleBlock(body) ? body.statements : [body];
    return [...own, ...inner.flatMap((each) => this.#declared(each))];
  }

  #bindings({ importClause, moduleSpecifier }: ts.ImportDeclaration): Binding[] {
    const module = moduleOf(moduleSpecifier);
    const { name, namedBindings } = importClause ?? {};
    const main = name ? [{ name: name.text, module, imported: "default" }] : [];
    if (!namedBindings) {
      return main;
    }
    if (this.#compiler.isNamespaceImport(namedBindings)) {
      return [...main, { name: namedBindings.name.text, module }];
    }
    const named = namedBindings.elements.map((each) => ({
      name: each.name.text,
      module,
      imported: (each.propertyName ?? each.name).text,
    }));
    return [...main, ...named];
  }

  #export({ exportClause, moduleSpecifier }: ts.ExportDeclaration, scope: ModuleScope): void {
    const module = moduleSpecifier && moduleOf(moduleSpecifier);
    if (!exportClause || this.#compiler.isNamespaceExport(exportClause)) {
      scope.stars.push(module ?? "");
      return;
    }
    for (const { name, propertyName } of exportClause.elements) {
      scope.exports.push({ name: name.text, local: (propertyName ?? name).text, module });
    }
  }

  #module(scope: string): ModuleScope {
    const known = this.modules[scope] ?? { exports: [], stars: [], main: [] };
    this.modules[scope] = known;
    return known;
  }
}

function moduleOf(specifier: ts.Expression): string {
  return canonicalModule(specifier.getText().slice(1, -1));
}
