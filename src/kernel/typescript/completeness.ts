import type { Language } from "./language.js";
import type { SyntaxApi } from "./syntax.js";

const unterminatedTemplate = 1160;
const unterminatedComment = 1010;

/** Judges a text by the place of its first syntax error: at its end, more may follow; before it, nothing helps. */
export function completeness(
  compiler: SyntaxApi,
  source: string,
  indentation: () => string | undefined,
): ReturnType<Language["completeness"]> {
  const file = compiler.createSourceFile(
    "cell.ts",
    source,
    compiler.ScriptTarget.Latest,
    false,
    compiler.ScriptKind.TS,
  );
  const first = file.parseDiagnostics?.[0];
  if (!first) {
    return { status: "complete" };
  }
  const isOpen =
    first.code === unterminatedTemplate ||
    first.code === unterminatedComment ||
    first.start >= source.trimEnd().length;
  return isOpen ? { status: "incomplete", indent: indentation() ?? "" } : { status: "invalid" };
}
