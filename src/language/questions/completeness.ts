import { asObjectLiteral } from "../cell/object-literal.js";
import type { Compiler } from "../compiler/compiler.js";
import { parseFile } from "../compiler/parse-file.js";

/** The answer to a console that asks whether to run a text or to wait for another line, with its indentation. */
export interface Completeness {
  status: "complete" | "incomplete" | "invalid";
  indent?: string;
}

const unterminatedString = 1002;
const unterminatedTemplate = 1160;
const unterminatedComment = 1010;

/** Judges a text by the place of its first syntax error: at its end, more may follow; before it, nothing helps. */
export function completeness(compiler: Compiler, source: string): Completeness {
  const { Latest } = compiler.ScriptTarget;
  const parse = (text: string) => parseFile({ compiler, options: { target: Latest } }, "cell.ts", text);
  const file = parse(source);
  const [first] = file.parseDiagnostics;
  if (!first || asObjectLiteral(compiler, file, (text) => ({ file: parse(text) }))) {
    return { status: "complete" };
  }
  if (first.code === unterminatedTemplate || first.code === unterminatedComment) {
    return { status: "incomplete", indent: "" };
  }
  const isOpen = first.code !== unterminatedString && first.start >= source.trimEnd().length;
  return isOpen ? { status: "incomplete", indent: nextIndent(source) } : { status: "invalid" };
}

/** The last line's indentation, and more after a bracket that it opens. */
function nextIndent(source: string): string {
  const line = source.slice(source.lastIndexOf("\n") + 1);
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const opensBracket = /[{([][^})\]"'`]*$/.test(line);
  return opensBracket ? `${indent}  ` : indent;
}
