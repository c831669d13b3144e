import { type Hover, MarkupKind, type Position, type SignatureHelp } from "vscode-languageserver";
import { type AskedCell, offsetOf } from "./asked-cell.js";

/** Type and documentation of the name at a place. */
export function hover(asked: AskedCell, position: Position): Hover | null {
  const text = asked.notebook.services(asked.index).inspect(offsetOf(asked, position));
  if (text === undefined) {
    return null;
  }
  const [declaration = "", ...documentation] = text.split("\n\n");
  const value = ["```typescript", declaration, "```", documentation.join("\n\n")].join("\n").trimEnd();
  return { contents: { kind: MarkupKind.Markdown, value } };
}

/** The parameters of the call around a place. */
export function signatureHelp(asked: AskedCell, position: Position): SignatureHelp | null {
  const services = asked.notebook.services(asked.index);
  const help = services.signatures(offsetOf(asked, position));
  if (!help) {
    return null;
  }
  const text = (parts: readonly { text: string }[]) => parts.map((part) => part.text).join("");
  return {
    activeSignature: help.selectedItemIndex,
    activeParameter: help.argumentIndex,
    signatures: help.items.map((item) => {
      const parameters = item.parameters.map(({ displayParts }) => text(displayParts));
      const label =
        text(item.prefixDisplayParts) +
        parameters.join(text(item.separatorDisplayParts)) +
        text(item.suffixDisplayParts);
      return {
        label,
        documentation: text(item.documentation),
        parameters: item.parameters.map(({ displayParts, documentation }) => ({
          label: text(displayParts),
          documentation: text(documentation),
        })),
      };
    }),
  };
}
