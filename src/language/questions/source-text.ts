import type ts from "typescript";
import { parseCell } from "../cell/cell-file.js";
import type { Project } from "../compiler/project.js";
import { programOf, type Question } from "./cell-program.js";

/** The text of the cell that has declared a name at its top, by the name. */
export type CellSources = ReadonlyMap<string, string>;

/** The text that declares the name at the cursor, as its author wrote it. */
export function sourceAt(project: Project, question: Question, cells: CellSources): string | undefined {
  const { compiler } = project;
  const { program, file } = programOf(project, question);
  const node = compiler.getTouchingPropertyName(file, question.offset);
  const checker = program.getTypeChecker();
  const found = node === file ? undefined : checker.getSymbolAtLocation(node);
  if (!found) {
    return undefined;
  }
  const symbol = found.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  const texts = (symbol.declarations ?? []).map((declaration) => {
    const inCell = declaration.getSourceFile().fileName === project.previousFile(question.previous).fileName;
    const cell = inCell ? cells.get(compiler.symbolName(symbol)) : undefined;
    return cell === undefined
      ? statementOf(compiler, declaration).getText()
      : declarationIn(project, cell, compiler.symbolName(symbol));
  });
  return texts.length === 0 ? undefined : [...new Set(texts)].join("\n");
}

function declarationIn(project: Project, source: string, name: string): string {
  const { file } = parseCell(project, project.cellPath, source);
  project.compiler.bindSourceFile(file, project.options);
  const declarations =
    file.locals.get(project.compiler.escapeLeadingUnderscores(name) as string)?.declarations ?? [];
  return declarations.map((each) => statementOf(project.compiler, each).getText(file)).join("\n") || source;
}

/** Of a variable, the whole statement. */
function statementOf(compiler: typeof ts, declaration: ts.Node): ts.Node {
  return compiler.findAncestor(declaration, compiler.isVariableStatement) &&
    compiler.isVariableDeclaration(declaration)
    ? declaration.parent.parent
    : declaration;
}
