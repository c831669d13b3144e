import type ts from "typescript-for-cells";
import type { Compiler } from "../compiler/compiler.js";
import { restoreDocumentation } from "../compiler/documentation.js";

/** What an editor shows about the name at `position`. */
export function quickInfo(
  compiler: Compiler,
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  position: number,
): ts.QuickInfo | undefined {
  const node = compiler.getTouchingPropertyName(file, position);
  const symbol = node === file ? undefined : checker.getSymbolAtLocation(node);
  if (!symbol) {
    return undefined;
  }
  restoreDocumentation(compiler, symbol);
  const { symbolKind, ...text } = compiler.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    compiler.getContainerNode(node),
    node,
  );
  return {
    kind: symbolKind,
    kindModifiers: compiler.SymbolDisplay.getSymbolModifiers(checker, symbol),
    textSpan: compiler.createTextSpanFromNode(node, file),
    ...text,
  };
}
