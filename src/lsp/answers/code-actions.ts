import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver";
import { source } from "../cell-diagnostics.js";
import { type AskedCell, rangeOf } from "./asked-cell.js";

/** The repairs that TypeScript knows for these diagnostics, as far as they change this cell only. */
export function codeActions(asked: AskedCell, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const { document, notebook, index } = asked;
  const own = diagnostics.filter((each) => each.source === source);
  if (own.length === 0) {
    return [];
  }
  const services = notebook.services(index);
  return own.flatMap((diagnostic) => {
    const [start, end] = [diagnostic.range.start, diagnostic.range.end].map((each) =>
      document.offsetAt(each),
    );
    return services.fixes(start ?? 0, end ?? 0, Number(diagnostic.code)).map(({ title, edits }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: {
        changes: {
          [document.uri]: edits.map(({ text, ...span }) => ({
            range: rangeOf(document, span),
            newText: text,
          })),
        },
      },
    }));
  });
}
