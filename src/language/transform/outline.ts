import type ts from "typescript";
import type { NotebookNames } from "../cell/notebook-names.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { boundNames } from "./patterns.js";

/** The top of a cell, as far as it must be known before anything is changed. */
export interface Outline {
  /** Names that are unset from the beginning of the cell to their declaration. */
  unset: string[];
  /** Names that `var` declares without a value: they keep the one they have. */
  late: string[];
  /** The expression that is the value of the cell, and the property that holds it. */
  last?: { statement: ts.ExpressionStatement; name: string };
}

/** The names of the properties that hold values of cells begin so. */
export const lastExpressionPrefix = "tsLastExpr";

/** Each has a name of its own, because cells may run at the same time. */
let lastExpressions = 0;

export function outline(compiler: Compiler, file: CellSourceFile, names: NotebookNames): Outline {
  const statements = file.statements.filter((statement) => !compiler.isExportDeclaration(statement));
  const last = statements.at(-1);
  return {
    unset: [...new Set(statements.flatMap((statement) => unsetBy(compiler, statement)))],
    late: names.late(),
    ...(last &&
      compiler.isExpressionStatement(last) && {
        last: { statement: last, name: freeName(`${lastExpressionPrefix}${++lastExpressions}`, names) },
      }),
  };
}

function unsetBy(compiler: Compiler, statement: ts.Statement): string[] {
  if (isAmbient(compiler, statement)) {
    return [];
  }
  if ((compiler.isClassDeclaration(statement) || compiler.isEnumDeclaration(statement)) && statement.name) {
    return [statement.name.text];
  }
  if (!compiler.isVariableStatement(statement)) {
    return [];
  }
  const { flags, declarations } = statement.declarationList;
  const { BlockScoped, Using } = compiler.NodeFlags;
  const isLetOrConst = (flags & BlockScoped) !== 0 && (flags & Using) === 0;
  return isLetOrConst ? declarations.flatMap(({ name }) => boundNames(compiler, name)) : [];
}

/** `declare …`, which says that something exists elsewhere. */
export function isAmbient(compiler: Compiler, statement: ts.Statement): boolean {
  const modifiers = compiler.canHaveModifiers(statement) ? compiler.getModifiers(statement) : [];
  return modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.DeclareKeyword) ?? false;
}

function freeName(name: string, names: NotebookNames): string {
  let free = name;
  for (let count = 0; names.has(free); count++) {
    free = `${name}_${count}`;
  }
  return free;
}
