// Makes one file of the declarations behind the main entry: a compiler that meets the package finds and reads one file
// where there are thirty.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type ts from "typescript";
import { loadCompiler } from "../language/compiler/compiler.js";

const compiler = loadCompiler();
const entry = "dist/index.d.ts";

/** The comments before a statement, and the word that makes it an export. */
const start = /^((?:\/\*[\s\S]*?\*\/\s*)*)(?:export )?/;
const importType = /\bimport\("(\.[^"]+)"\)\./g;

const read = new Set<string>();
const imports = new Set<string>();
const declared: string[] = [];
const declaredBy = new Map<string, string>();
const exported: string[] = [];

const references = readFileSync(entry, "utf8").match(/^\/\/\/ <reference .*$/gm) ?? [];
addModule(entry);
const lines = [...references, ...imports, ...declared, `export { ${exported.join(", ")} };`];
writeFileSync(entry, `${lines.join("\n")}\n`);

/** Adds what a module declares, after what it needs. */
function addModule(path: string): void {
  if (read.has(path)) {
    return;
  }
  read.add(path);
  const text = readFileSync(path, "utf8");
  for (const statement of compiler.createSourceFile(path, text, compiler.ScriptTarget.Latest, true)
    .statements) {
    if (compiler.isImportDeclaration(statement) || compiler.isExportDeclaration(statement)) {
      addLink(path, statement);
    } else {
      addDeclaration(path, statement);
    }
  }
}

/** An import or export of names that another module behind the entry declares, or an import of another package. */
function addLink(path: string, statement: ts.ImportDeclaration | ts.ExportDeclaration): void {
  const specifier = statement.moduleSpecifier?.getText().slice(1, -1);
  if (specifier !== undefined && !specifier.startsWith(".")) {
    imports.add(statement.getText());
    return;
  }
  const isImport = compiler.isImportDeclaration(statement);
  const clause = isImport ? statement.importClause?.namedBindings : statement.exportClause;
  const isSideEffect = isImport && !statement.importClause;
  if (
    !isSideEffect &&
    !(clause && "elements" in clause && clause.elements.every(({ propertyName }) => !propertyName))
  ) {
    throw new Error(`${path} gives what another module declares another name: ${statement.getText()}`);
  }
  if (path === entry && clause && "elements" in clause) {
    const type = !isImport && statement.isTypeOnly ? "type " : "";
    exported.push(...clause.elements.map((each) => `${type}${each.getText()}`));
  }
  if (specifier !== undefined && !isSideEffect) {
    addModule(declarationsOf(path, specifier));
  }
}

function addDeclaration(path: string, statement: ts.Statement): void {
  for (const name of namesOf(statement)) {
    if ((declaredBy.get(name) ?? path) !== path) {
      throw new Error(`Both ${path} and ${declaredBy.get(name)} declare \`${name}\``);
    }
    declaredBy.set(name, path);
  }
  const text = statement.getFullText().trimStart().replace(start, "$1");
  declared.push(
    text.replace(importType, (_, specifier: string) => {
      addModule(declarationsOf(path, specifier));
      return "";
    }),
  );
}

function namesOf(statement: ts.Statement): string[] {
  if (compiler.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  return [(statement as ts.DeclarationStatement).name?.getText() ?? ""];
}

function declarationsOf(path: string, specifier: string): string {
  return join(dirname(path), specifier.replace(/\.(c?)js$/, ".d.$1ts"));
}
