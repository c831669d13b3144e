import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";

interface Edit {
  start: number;
  end: number;
  text: string;
}

export interface Refusal {
  start: number;
  length: number;
  code: number;
  messageText: string;
}

/**
 * The text of a cell without its `export` modifiers: every top-level name of a cell is exported anyway.
 * The rest keeps its place. Exports that mean nothing in a cell are refused.
 */
export function withoutExports(
  compiler: Compiler,
  file: CellSourceFile,
): { text: string; refusals: Refusal[] } {
  const edits: Edit[] = [];
  const refusals: Refusal[] = [];
  for (const statement of file.statements) {
    if (compiler.isExportAssignment(statement) && !statement.isExportEquals) {
      edits.push(...exportAssignment(file, statement));
    } else if (compiler.isExportDeclaration(statement) && statement.moduleSpecifier) {
      refusals.push(reExport(compiler, file, statement));
    } else if (compiler.isExportDeclaration(statement)) {
      edits.push({ start: statement.getStart(file), end: statement.end, text: "" });
    } else if (compiler.canHaveModifiers(statement)) {
      edits.push(...modifiers(compiler, file, statement));
    }
  }
  return { text: apply(file.text, edits), refusals };
}

function reExport(compiler: Compiler, file: CellSourceFile, statement: ts.ExportDeclaration): Refusal {
  const start = statement.getStart(file);
  return {
    start,
    length: statement.end - start,
    code: compiler.isNamespaceExport(statement.exportClause ?? statement) ? 1231 : 1233,
    messageText:
      "A cell cannot re-export from a module, because nothing imports a cell. Use `import` instead.",
  };
}

function exportAssignment(file: CellSourceFile, statement: ts.ExportAssignment): Edit[] {
  const start = statement.getStart(file);
  return [{ start, end: statement.expression.getStart(file), text: "" }];
}

function modifiers(
  compiler: Compiler,
  file: CellSourceFile,
  statement: ts.Statement & ts.HasModifiers,
): Edit[] {
  const own = compiler.getModifiers(statement) ?? [];
  const exported = own.find(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword);
  if (!exported) {
    return [];
  }
  const edits = [{ start: exported.getStart(file), end: exported.end, text: "" }];
  const byDefault = own.find(({ kind }) => kind === compiler.SyntaxKind.DefaultKeyword);
  if (byDefault) {
    const isNameless =
      (compiler.isFunctionDeclaration(statement) || compiler.isClassDeclaration(statement)) &&
      !statement.name;
    edits.push({ start: byDefault.getStart(file), end: byDefault.end, text: isNameless ? "(" : "" });
    edits.push(...(isNameless ? [{ start: statement.end, end: statement.end, text: ")" }] : []));
  }
  return edits;
}

function apply(text: string, edits: Edit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    const blank = text.slice(start + replacement.length, end).replace(/[^\r\n]/g, " ");
    result += text.slice(at, start) + replacement + blank;
    at = end;
  }
  return result + text.slice(at);
}
