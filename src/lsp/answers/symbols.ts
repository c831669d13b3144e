import { type DocumentSymbol, SymbolKind } from "vscode-languageserver";
import { type AskedCell, rangeOf } from "./asked-cell.js";

type Tree = ReturnType<ReturnType<AskedCell["notebook"]["services"]>["outline"]>;

const kinds: Record<string, SymbolKind> = {
  class: SymbolKind.Class,
  interface: SymbolKind.Interface,
  type: SymbolKind.Interface,
  enum: SymbolKind.Enum,
  "enum member": SymbolKind.EnumMember,
  function: SymbolKind.Function,
  method: SymbolKind.Method,
  property: SymbolKind.Property,
  getter: SymbolKind.Property,
  setter: SymbolKind.Property,
  constructor: SymbolKind.Constructor,
  const: SymbolKind.Constant,
  module: SymbolKind.Module,
};

/** The outline of a cell. */
export function documentSymbols(asked: AskedCell): DocumentSymbol[] {
  const { length } = asked.document.getText();
  const inCell = ({ spans }: Tree) => (spans[0]?.start ?? length) < length;
  const describe = (tree: Tree): DocumentSymbol => {
    const [span = { start: 0, length: 0 }] = tree.spans;
    const name = tree.nameSpan ?? span;
    const clamp = ({ start, length: size }: { start: number; length: number }) =>
      rangeOf(asked.document, { start, end: Math.min(start + size, length) });
    return {
      name: tree.text,
      kind: kinds[tree.kind] ?? SymbolKind.Variable,
      range: clamp(span),
      selectionRange: clamp(name),
      children: (tree.childItems ?? []).filter(inCell).map(describe),
    };
  };
  const { childItems = [] } = asked.notebook.services(asked.index).outline();
  return childItems
    .filter((item) => item.kind !== "alias" || inCell(item))
    .filter(inCell)
    .map(describe);
}
