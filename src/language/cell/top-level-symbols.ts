import type ts from "typescript-for-cells";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";

/** The names that a file declares at its top, without its additions to the global scope and to other modules. */
export function topLevelSymbols(compiler: Compiler, file: CellSourceFile): ts.Symbol[] {
  const isAddition = (declaration: ts.Declaration) =>
    compiler.isModuleDeclaration(declaration) &&
    (compiler.isGlobalScopeAugmentation(declaration) || compiler.isStringLiteral(declaration.name));
  return [...file.locals.values()].filter((symbol) => !symbol.declarations?.every(isAddition));
}

export function namesToExport(compiler: Compiler, file: CellSourceFile): string[] {
  return topLevelSymbols(compiler, file).map((symbol) => compiler.symbolName(symbol));
}
