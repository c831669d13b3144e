import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import type { Language } from "../language.js";

const unterminatedString = 1002;
const unterminatedTemplate = 1160;
const unterminatedComment = 1010;

/** Judges a text by the place of its first syntax error: at its end, more may follow; before it, nothing helps. */
export function completeness(
  compiler: Compiler,
  source: string,
  indentation: () => string | undefined,
): ReturnType<Language["completeness"]> {
  const { parseDiagnostics } = compiler.createSourceFile(
    "cell.ts",
    source,
    compiler.ScriptTarget.Latest,
  ) as CellSourceFile;
  const first = parseDiagnostics[0];
  if (!first) {
    return { status: "complete" };
  }
  const isOpen =
    first.code === unterminatedTemplate ||
    first.code === unterminatedComment ||
    (first.code !== unterminatedString && first.start >= source.trimEnd().length);
  return isOpen ? { status: "incomplete", indent: indentation() ?? "" } : { status: "invalid" };
}
