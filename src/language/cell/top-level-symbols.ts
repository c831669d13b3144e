import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";

/** The names that a file declares at its top, without its additions to the global scope and to other modules. */
export function topLevelSymbols(compiler: Compiler, file: CellSourceFile): ts.Symbol[] {
  const isAddition = (declaration: ts.Declaration) =>
    compiler.isModuleDeclaration(declaration) &&
    (compiler.isGlobalScopeAugmentation(declaration) || compiler.isStringLiteral(declaration.name));
  const isOfBlock = (declaration: ts.Declaration) => isOfInnerBlock(compiler, declaration, file);
  return [...file.locals.values()].filter(
    ({ declarations }) => !declarations?.every(isAddition) && !declarations?.every(isOfBlock),
  );
}

/** Of JavaScript, the compiler counts `const x = require(…)` in a block to the function around it, as it does `var`. */
function isOfInnerBlock(compiler: Compiler, declaration: ts.Declaration, file: ts.SourceFile): boolean {
  const variable = compiler.findAncestor(declaration, compiler.isVariableDeclaration);
  const list = variable?.parent;
  return (
    list !== undefined &&
    (compiler.getCombinedNodeFlags(declaration) & compiler.NodeFlags.BlockScoped) !== 0 &&
    list.parent.parent !== file
  );
}

export function namesToExport(compiler: Compiler, file: CellSourceFile): string[] {
  return topLevelSymbols(compiler, file).map((symbol) => compiler.symbolName(symbol));
}
