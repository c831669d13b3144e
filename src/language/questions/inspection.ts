import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import { restoreDocumentation } from "../compiler/documentation.js";
import type { Project } from "../compiler/project.js";
import { programOf, type Question } from "./cell-program.js";
import { describeComments } from "./documentation-text.js";
import { describeSignature, signaturesAt } from "./signature.js";

/** Type and documentation of the name at the cursor, else those of the call whose brackets are around it. */
export function inspectCell(project: Project, question: Question): string | undefined {
  const name = describeName(project, question);
  if (name !== undefined) {
    return name;
  }
  const { program, file } = programOf(project, question);
  return describeSignature(signaturesAt(project, program, file, question.offset));
}

/** Type and documentation of the name at the cursor. */
export function describeName(project: Project, question: Question): string | undefined {
  const { compiler } = project;
  const { program, file } = programOf(project, question);
  const node = compiler.getTouchingPropertyName(file, question.offset);
  const checker = program.getTypeChecker();
  const symbol = node === file ? undefined : checker.getSymbolAtLocation(node);
  if (!symbol) {
    return undefined;
  }
  restoreDocumentation(compiler, symbol);
  if (symbol.flags & compiler.SymbolFlags.Alias) {
    restoreDocumentation(compiler, checker.getAliasedSymbol(symbol));
  }
  const text = describeSymbol(compiler, checker, symbol, node);
  return text === "" || text === "any" ? undefined : text;
}

function describeSymbol(
  compiler: Compiler,
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  node: ts.Node,
): string {
  const {
    displayParts = [],
    documentation = [],
    tags = [],
  } = compiler.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    node.getSourceFile(),
    compiler.getContainerNode(node),
    node,
  );
  const declaration = displayParts.map(({ text }) => text).join("");
  const comments = describeComments(documentation, tags);
  const lines =
    declaration && comments.length > 0 ? [declaration, "", ...comments] : [declaration, ...comments];
  return lines.join("\n");
}
