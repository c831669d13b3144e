import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  MarkupKind,
  type Position,
} from "vscode-languageserver";
import { recordOf } from "../../document/record.js";
import { type AskedCell, offsetOf, rangeOf } from "./asked-cell.js";

const kinds: Record<string, CompletionItemKind> = {
  keyword: CompletionItemKind.Keyword,
  var: CompletionItemKind.Variable,
  let: CompletionItemKind.Variable,
  const: CompletionItemKind.Constant,
  "local var": CompletionItemKind.Variable,
  parameter: CompletionItemKind.Variable,
  alias: CompletionItemKind.Variable,
  property: CompletionItemKind.Property,
  getter: CompletionItemKind.Property,
  setter: CompletionItemKind.Property,
  method: CompletionItemKind.Method,
  construct: CompletionItemKind.Constructor,
  function: CompletionItemKind.Function,
  "local function": CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  interface: CompletionItemKind.Interface,
  type: CompletionItemKind.Interface,
  "type parameter": CompletionItemKind.TypeParameter,
  enum: CompletionItemKind.Enum,
  "enum member": CompletionItemKind.EnumMember,
  module: CompletionItemKind.Module,
  "external module name": CompletionItemKind.Module,
  directory: CompletionItemKind.Folder,
  script: CompletionItemKind.File,
  string: CompletionItemKind.Constant,
};

/** The names that may stand at a place, with those that an import would bring. */
export function completion(asked: AskedCell, position: Position, trigger?: string): CompletionList {
  const offset = offsetOf(asked, position);
  const info = asked.notebook.services(asked.index).completions(offset, trigger);
  const items = (info?.entries ?? []).map(
    ({ name, kind, sortText, insertText, filterText, replacementSpan, source, data, isRecommended }) => {
      const span = replacementSpan ?? info?.optionalReplacementSpan;
      const range = span && rangeOf(asked.document, { start: span.start, end: span.start + span.length });
      const item: CompletionItem = {
        label: name,
        kind: kinds[kind] ?? CompletionItemKind.Text,
        sortText,
        ...(filterText !== undefined && { filterText }),
        ...(insertText !== undefined && { insertText }),
        ...(range && { textEdit: { range, newText: insertText ?? name } }),
        ...(isRecommended && { preselect: true }),
        ...(source !== undefined && { labelDetails: { description: source } }),
        data: { uri: asked.document.uri, offset, name, source, data },
      };
      return item;
    },
  );
  return { isIncomplete: false, items };
}

/** Adds an item's type, documentation and import. */
export function resolveCompletion(item: CompletionItem, asked: AskedCell): CompletionItem {
  const { offset, name, source, data } = recordOf(item.data);
  if (typeof offset !== "number" || typeof name !== "string") {
    return item;
  }
  const details = asked.notebook.services(asked.index).completionDetails(offset, {
    name,
    ...(typeof source === "string" && { source }),
    ...(isEntryData(data) && { data }),
  });
  return {
    ...item,
    ...(details && {
      detail: details.signature,
      documentation: { kind: MarkupKind.Markdown, value: details.documentation },
      ...(details.edits.length > 0 && {
        additionalTextEdits: details.edits.map(({ text, ...span }) => ({
          range: rangeOf(asked.document, span),
          newText: text,
        })),
      }),
    }),
  };
}

type EntryData = NonNullable<
  Parameters<ReturnType<AskedCell["notebook"]["services"]>["completionDetails"]>[1]["data"]
>;

/** It comes back from the client as it was sent. */
function isEntryData(data: unknown): data is EntryData {
  return "exportName" in recordOf(data);
}
