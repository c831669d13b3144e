import type ts from "typescript";
import { isAmbient, type Outline } from "./outline.js";
import { assignment, boundNames } from "./patterns.js";
import { reachedName } from "./prologue.js";
import type { Rewriter } from "./rewriter.js";

/**
 * Turns the cell's top-level variables into properties of `exports`, wherever they are declared, read or
 * assigned. A variable is therefore one variable for all cells, closures included.
 */
export function statementsToExports(
  rewriter: Rewriter,
  file: ts.SourceFile,
  { unset, late, last }: Outline,
): ts.SourceFile {
  const { compiler, factory, nodes } = rewriter;
  const own = file.statements.filter((statement) => !compiler.isExportDeclaration(statement));
  rewriter.startScope();
  const statements = own.flatMap((statement) => {
    if (statement !== last?.statement) {
      return rewrite(rewriter, statement);
    }
    const value = rewriter.visit(last.statement.expression);
    return rewriter.replace(statement, nodes.assign(rewriter.variable(last.name), value));
  });
  return factory.updateSourceFile(file, [
    ...rewriter.endScope(),
    ...unsetAll(rewriter, unset),
    ...own.flatMap((statement) => exportsOfFunction(rewriter, statement)),
    ...late.flatMap((name) => [declareLate(rewriter, name), ...reached(rewriter, [name])]),
    ...statements,
  ]);
}

function rewrite(rewriter: Rewriter, statement: ts.Statement): ts.Statement | ts.Statement[] {
  const { compiler, names } = rewriter;
  if (isAmbient(compiler, statement)) {
    return statement;
  }
  if (compiler.isVariableStatement(statement)) {
    return variables(rewriter, statement);
  }
  if ((compiler.isClassDeclaration(statement) || compiler.isEnumDeclaration(statement)) && statement.name) {
    return [rewriter.visit(statement), exportOf(rewriter, statement.name.text)];
  }
  if (compiler.isModuleDeclaration(statement) && compiler.getModuleInstanceState(statement) !== 0) {
    return [rewriter.visit(statement), exportOf(rewriter, statement.name.text)];
  }
  if (compiler.isImportEqualsDeclaration(statement) && names.isValueAlias(statement)) {
    return alias(rewriter, statement);
  }
  return rewriter.visit(statement);
}

/** Functions can be called above their declaration. */
function exportsOfFunction(rewriter: Rewriter, statement: ts.Statement): ts.Statement[] {
  const { compiler } = rewriter;
  return compiler.isFunctionDeclaration(statement) &&
    statement.body &&
    statement.name &&
    !isAmbient(compiler, statement)
    ? [exportOf(rewriter, statement.name.text)]
    : [];
}

function variables(rewriter: Rewriter, statement: ts.VariableStatement): ts.Statement[] {
  const { compiler, nodes } = rewriter;
  const { declarations, flags } = statement.declarationList;
  if ((flags & compiler.NodeFlags.Using) !== 0) {
    const names = declarations.flatMap(({ name }) => boundNames(compiler, name));
    return [disposables(rewriter, statement), ...reached(rewriter, names)];
  }
  const isVar = (flags & compiler.NodeFlags.BlockScoped) === 0;
  const set = declarations.filter(({ initializer }) => initializer || !isVar);
  return set.flatMap((declaration, index) => {
    const value = assignment(rewriter, declaration);
    const set =
      index === 0
        ? rewriter.replace(statement, value)
        : compiler.setTextRange(nodes.statement(value), declaration);
    return [set, ...reached(rewriter, boundNames(compiler, declaration.name))];
  });
}

/** Notes that these are declared, which their values do not tell where they are undefined. */
function reached({ nodes }: Rewriter, names: readonly string[]): ts.Statement[] {
  const chain = names.reduceRight(
    (value, name) => nodes.assign(nodes.member(reachedName, name), value),
    nodes.yes(),
  );
  return names.length === 0 ? [] : [nodes.statement(chain)];
}

/** `using` stays what it is, with a name of its own, and the notebook's variable gets the same value. */
function disposables(rewriter: Rewriter, statement: ts.VariableStatement): ts.Statement {
  const { compiler, factory, nodes } = rewriter;
  const list = statement.declarationList;
  const declarations = list.declarations.map((declaration) => {
    const { name } = declaration;
    const own = nodes.unique(compiler.isIdentifier(name) ? name.text : "resource");
    const value = assignment(rewriter, declaration);
    return factory.updateVariableDeclaration(declaration, own, undefined, undefined, value);
  });
  const own = factory.updateVariableDeclarationList(list, declarations);
  return factory.updateVariableStatement(statement, undefined, own);
}

/** `import A = B.C` */
function alias(rewriter: Rewriter, statement: ts.ImportEqualsDeclaration): ts.Statement {
  const { compiler, nodes } = rewriter;
  if (compiler.isExternalModuleReference(statement.moduleReference)) {
    return statement;
  }
  const value = entity(rewriter, statement.moduleReference);
  const target = rewriter.variable(statement.name.text, statement.name);
  return rewriter.replace(statement, nodes.assign(target, value));
}

function entity(rewriter: Rewriter, name: ts.EntityName): ts.Expression {
  const { compiler, names, nodes } = rewriter;
  if (compiler.isQualifiedName(name)) {
    return nodes.member(entity(rewriter, name.left), name.right.text);
  }
  return names.has(name.text) ? rewriter.variable(name.text, name) : name;
}

/** `exports.a = a` */
function exportOf(rewriter: Rewriter, name: string): ts.Statement {
  const { nodes } = rewriter;
  return nodes.statement(nodes.assign(rewriter.variable(name), nodes.name(name)));
}

/** A variable is unset from the beginning of the cell that declares it again, as it is before its first declaration. */
function unsetAll(rewriter: Rewriter, names: readonly string[]): ts.Statement[] {
  const { nodes } = rewriter;
  const chain = names.reduceRight(
    (value, name) => nodes.assign(rewriter.variable(name), value),
    nodes.nothing(),
  );
  return names.length === 0 ? [] : [nodes.statement(chain)];
}

/** `var` without a value changes nothing of a variable that is there. */
function declareLate(rewriter: Rewriter, name: string): ts.Statement {
  const { nodes } = rewriter;
  const declare = nodes.assign(rewriter.variable(name), nodes.nothing());
  return nodes.statement(nodes.or(nodes.isIn(name, rewriter.exports()), declare));
}
