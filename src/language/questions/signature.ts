import type ts from "typescript";
import { restoreDocumentation } from "../compiler/documentation.js";
import type { Project } from "../compiler/project.js";
import { plainText } from "./documentation-text.js";
import { servicesOf, uncancelled } from "./service-host.js";

/** The signatures of the call whose brackets are around the offset, with their documentation. */
export function signaturesAt(
  { compiler }: Project,
  program: ts.Program,
  file: ts.SourceFile,
  offset: number,
): ts.SignatureHelpItems | undefined {
  const before = compiler.getTouchingPropertyName(file, Math.max(0, offset - 1));
  const call = compiler.findAncestor(
    before,
    (node): node is ts.CallExpression | ts.NewExpression =>
      compiler.isCallOrNewExpression(node) && node.expression.end < offset,
  );
  if (call) {
    const { expression } = call;
    const name = compiler.isPropertyAccessExpression(expression) ? expression.name : expression;
    const checker = program.getTypeChecker();
    const symbol = checker.getSymbolAtLocation(name);
    const isAlias = symbol && (symbol.flags & compiler.SymbolFlags.Alias) !== 0;
    const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    if (meant) {
      restoreDocumentation(compiler, meant);
    }
  }
  const { SignatureHelp } = servicesOf(compiler);
  return SignatureHelp.getSignatureHelpItems(program, file, offset, undefined, uncancelled);
}

/** The signature that fits as one line. */
export function signatureLine(help: ts.SignatureHelpItems | undefined): string | undefined {
  const item = help?.items[help.selectedItemIndex];
  return (
    item &&
    text(item.prefixDisplayParts) +
      item.parameters.map(({ displayParts }) => text(displayParts)).join(text(item.separatorDisplayParts)) +
      text(item.suffixDisplayParts)
  );
}

/** The signature that fits, and what is said about it and its parameters. */
export function describeSignature(help: ts.SignatureHelpItems | undefined): string | undefined {
  const line = signatureLine(help);
  const item = help?.items[help.selectedItemIndex];
  if (line === undefined || !item) {
    return undefined;
  }
  const parameters = item.parameters
    .filter(({ documentation }) => documentation.length > 0)
    .map(({ name, documentation }) => `@param ${name} ${plainText(documentation)}`);
  const said = [plainText(item.documentation), ...parameters].filter((each) => each !== "");
  return said.length > 0 ? [line, "", ...said].join("\n") : line;
}

function text(parts: readonly ts.SymbolDisplayPart[]): string {
  return parts.map((part) => part.text).join("");
}
