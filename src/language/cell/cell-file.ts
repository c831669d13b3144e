import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { type Parsing, parseFile } from "../compiler/parse-file.js";
import { type Refusal, withoutExports } from "./export-modifiers.js";
import { asObjectLiteral } from "./object-literal.js";
import { namesToExport } from "./top-level-symbols.js";

export interface ParsedCell {
  file: CellSourceFile;
  refusals: Refusal[];
  /** Offset behind the last character of what the user wrote, without white space. */
  end: number;
}

/**
 * A cell as the compiler is to see it: with JSX if it is not right without, without `export`, and with one export of
 * all its names at the end, so that none of them seems unused; or as an object. Places in the file are places in the cell.
 */
export function parseCell(parsing: Parsing, path: string, source: string): ParsedCell {
  const text = source.replace(/^#!/, "//");
  const { length: end } = source.trimEnd();
  const given = parseWithJsx(parsing, path, text);
  const object = asObjectLiteral(parsing.compiler, given.file, (each) => parseWithJsx(parsing, path, each));
  if (object) {
    return { file: object.file, refusals: [], end };
  }
  const { text: plain, refusals: refusedExports } = withoutExports(parsing.compiler, given.file);
  const refusals = [...refusedExports, ...topLevelReturns(parsing.compiler, given.file)];
  const reparse = (changed: string) => parseFile(parsing, path, changed, given.kind);
  const file = plain === text ? given.file : reparse(plain);
  const names = namesToExport(parsing.compiler, file);
  if (names.length === 0) {
    return { file, refusals, end };
  }
  const exported = reparse(`${plain}\nexport { ${names.join(", ")} };`);
  // A cell that breaks off would take the line that follows for a part of itself.
  return { file: hasSameErrors(file, exported) ? exported : file, refusals, end };
}

/** TypeScript sees them in its own files only, and the function around a cell would obey them. */
function topLevelReturns(compiler: Compiler, file: CellSourceFile): Refusal[] {
  const refusals: Refusal[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isReturnStatement(node)) {
      const start = node.getStart(file);
      const messageText = "A 'return' statement can only be used within a function body.";
      refusals.push({ start, length: "return".length, code: 1108, messageText });
    }
    if (!compiler.isFunctionLike(node) && !compiler.isClassStaticBlockDeclaration(node)) {
      compiler.forEachChild(node, visit);
    }
  };
  if (compiler.isSourceFileJS(file) && /\breturn\b/.test(file.text)) {
    visit(file);
  }
  return refusals;
}

function hasSameErrors(one: CellSourceFile, other: CellSourceFile): boolean {
  const places = [one, other].map(({ parseDiagnostics }) =>
    parseDiagnostics.map(({ start }) => start).join(),
  );
  return places[0] === places[1];
}

function parseWithJsx(
  parsing: Parsing,
  path: string,
  text: string,
): { file: CellSourceFile; kind?: ts.ScriptKind } {
  const file = parseFile(parsing, path, text);
  if (file.parseDiagnostics.length > 0 && path.endsWith(".ts") && text.includes("<")) {
    const kind = parsing.compiler.ScriptKind.TSX;
    const withJsx = parseFile(parsing, path, text, kind);
    if (withJsx.parseDiagnostics.length === 0) {
      return { file: withJsx, kind };
    }
  }
  return { file };
}
