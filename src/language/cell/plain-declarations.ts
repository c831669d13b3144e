import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";

/** Texts of literals that TypeScript writes into declarations as they are, but for the quotes. */
const plainNumber = /^(?:0|[1-9]\d{0,14})$/;
const plainString = /^(["'])([ !#-&(-[\]-~]*)\1$/;

/**
 * The declarations of a cell that declares nothing, or variables of the simplest types alone, as TypeScript's own emitter
 * would write them, which takes much longer. Undefined where that is not certain.
 */
export function plainDeclarations(
  compiler: Compiler,
  checker: ts.TypeChecker,
  file: CellSourceFile,
): string | undefined {
  const { FirstStatement, LastStatement } = compiler.SyntaxKind;
  const references = [file.referencedFiles, file.typeReferenceDirectives, file.libReferenceDirectives];
  // JavaScript may declare something in any expression.
  if (compiler.isSourceFileJS(file) || references.some(({ length }) => length > 0)) {
    return undefined;
  }
  const texts: (string | undefined)[] = [];
  for (const statement of file.statements) {
    if (compiler.isVariableStatement(statement)) {
      texts.push(...variables(compiler, checker, statement));
    } else if (statement.kind < FirstStatement || statement.kind > LastStatement) {
      const isAdded = statement === file.statements.at(-1) && isExportOfNames(compiler, statement);
      texts.push(...(isAdded ? [] : [undefined]));
    }
  }
  const isOnce = [...file.locals.values()].every(({ declarations }) => declarations?.length === 1);
  const isAll = isOnce && texts.length === file.locals.size && !texts.includes(undefined);
  return isAll && (texts.length === 0 || !/\/\*|\\/.test(file.text)) ? texts.join("") : undefined;
}

function isExportOfNames(compiler: Compiler, statement: ts.Statement): boolean {
  return (
    compiler.isExportDeclaration(statement) &&
    !statement.moduleSpecifier &&
    statement.exportClause !== undefined &&
    compiler.isNamedExports(statement.exportClause) &&
    statement.exportClause.elements.every(({ propertyName }) => !propertyName)
  );
}

function variables(
  compiler: Compiler,
  checker: ts.TypeChecker,
  { modifiers, declarationList }: ts.VariableStatement,
): (string | undefined)[] {
  const { BlockScoped, None, Let, Const } = compiler.NodeFlags;
  const kind = declarationList.flags & BlockScoped;
  const keyword = kind === None ? "var" : kind === Let ? "let" : kind === Const ? "const" : undefined;
  return declarationList.declarations.map(({ name, type, initializer }) => {
    if (modifiers || !keyword || !compiler.isIdentifier(name) || type || !initializer) {
      return undefined;
    }
    const value = keyword === "const" ? plainValue(compiler, initializer) : undefined;
    const typed = value ? ` = ${value}` : plainType(compiler, checker, { name, initializer });
    return typed && `declare ${keyword} ${name.text}${typed};\n`;
  });
}

/** A literal as the value of a constant. */
function plainValue(compiler: Compiler, initializer: ts.Expression): string | undefined {
  const { TrueKeyword, FalseKeyword } = compiler.SyntaxKind;
  const text = initializer.getText();
  if (compiler.isNumericLiteral(initializer)) {
    return plainNumber.test(text) ? text : undefined;
  }
  if (compiler.isStringLiteral(initializer)) {
    const [, , inside] = plainString.exec(text) ?? [];
    return inside === undefined ? undefined : `"${inside}"`;
  }
  return initializer.kind === TrueKeyword || initializer.kind === FalseKeyword ? text : undefined;
}

/** The inferred type; an assertion's is written as it stands there. */
function plainType(
  compiler: Compiler,
  checker: ts.TypeChecker,
  { name, initializer }: { name: ts.Identifier; initializer: ts.Expression },
): string | undefined {
  if (
    compiler.isParenthesizedExpression(initializer) ||
    compiler.isAssertionExpression(initializer) ||
    compiler.isSatisfiesExpression(initializer) ||
    compiler.isNonNullExpression(initializer)
  ) {
    return undefined;
  }
  const inferred = checker.getTypeAtLocation(name);
  const plain = [checker.getNumberType(), checker.getStringType(), checker.getBooleanType()];
  return plain.includes(inferred) ? `: ${checker.typeToString(inferred)}` : undefined;
}
