import { asObjectLiteral } from "../cell/object-literal.js";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { parseFile } from "../compiler/parse-file.js";

/** The answer to a console that asks whether to run a text or to wait for another line, with its indentation. */
export interface Completeness {
  status: "complete" | "incomplete" | "invalid";
  indent?: string;
}

/** Errors that more text would mend, wherever they are said to be: what is open is a text, a comment or a tag. */
const open = { template: 1160, comment: 1010, element: 17008, fragment: 17014 };
const unterminatedString = 1002;

type Status = Completeness["status"];

/** Judges a text by the place of its first syntax error: at its end, more may follow; before it, nothing helps. */
export function completeness(compiler: Compiler, source: string): Completeness {
  const { Latest } = compiler.ScriptTarget;
  const parsing = { compiler, options: { target: Latest } };
  const parse = (text: string) => parseFile(parsing, "cell.ts", text);
  const file = parse(source);
  if (asObjectLiteral(compiler, file, (text) => ({ file: parse(text) }))) {
    return { status: "complete" };
  }
  // The same text may be right with JSX, or as the beginning of an object.
  const readings = [
    file,
    ...(source.includes("<") ? [parseFile(parsing, "cell.ts", source, compiler.ScriptKind.TSX)] : []),
    ...(/^\s*\{/.test(source) ? [parse(`(${source}`)] : []),
  ];
  const found = readings.map((reading) => statusOf(compiler, reading));
  const status = found.find((each) => each === "complete") ?? found.find((each) => each === "incomplete");
  if (status !== "incomplete") {
    return { status: status ?? "invalid" };
  }
  const [first] = file.parseDiagnostics;
  const isText = first?.code === open.template || first?.code === open.comment;
  return { status, indent: isText ? "" : nextIndent(source) };
}

function statusOf(compiler: Compiler, file: CellSourceFile): Status {
  const [first] = file.parseDiagnostics;
  if (!first) {
    const last = file.statements.at(-1);
    // Without a body, what is otherwise a signature of an overload.
    const isBegun = last && compiler.isFunctionDeclaration(last) && !last.body && !/;\s*$/.test(file.text);
    return isBegun && !last.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.DeclareKeyword)
      ? "incomplete"
      : "complete";
  }
  const isAtEnd = first.code !== unterminatedString && first.start >= file.text.trimEnd().length;
  return isAtEnd || Object.values(open).includes(first.code) ? "incomplete" : "invalid";
}

/** The last line's indentation, and more after a bracket that it opens. */
function nextIndent(source: string): string {
  const line = source.slice(source.lastIndexOf("\n") + 1);
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const opensBracket = /[{([][^})\]"'`]*$/.test(line);
  return opensBracket ? `${indent}  ` : indent;
}
