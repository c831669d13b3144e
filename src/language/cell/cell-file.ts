import type ts from "typescript-for-cells";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { type Refusal, withoutExports } from "./cell-text.js";

/** tslab's converter begins both of its texts with this line, which makes them modules. */
export const modulePrefix = "export {};";
const statementsOfPrefix = 1;

export interface ParsedCell {
  file: CellSourceFile;
  refusals: Refusal[];
}

/** A source file, parsed and bound. */
export function parseFile(
  compiler: Compiler,
  path: string,
  text: string,
  options: ts.CompilerOptions,
  kind?: ts.ScriptKind,
): CellSourceFile {
  const target = options.target ?? compiler.ScriptTarget.ES2022;
  const file = compiler.createSourceFile(path, text, target, false, kind) as CellSourceFile;
  compiler.bindSourceFile(file, options);
  return file;
}

/** A cell as the compiler is to see it: with JSX if it is not right without, and without `export`. */
export function parseCell(
  compiler: Compiler,
  path: string,
  given: string,
  options: ts.CompilerOptions,
): ParsedCell {
  const text = withPlainNames(given);
  let kind: ts.ScriptKind | undefined;
  let file = parseFile(compiler, path, text, options);
  if (file.parseDiagnostics.length > 0 && path.endsWith(".ts") && text.includes("<")) {
    const withJsx = parseFile(compiler, path, text, options, compiler.ScriptKind.TSX);
    if (withJsx.parseDiagnostics.length === 0) {
      file = withJsx;
      kind = compiler.ScriptKind.TSX;
    }
  }
  const { text: plain, refusals } = withoutExports(compiler, file, statementsOfPrefix);
  if (plain !== text) {
    file = parseFile(compiler, path, plain, options, kind);
  }
  // The converter would try to export the name under which `declare global` is bound.
  file.locals.delete("__global");
  if (isUnchecked(compiler, text)) {
    file.checkJsDirective = { enabled: false, pos: 0, end: 0 };
  }
  return { file, refusals };
}

/** The converter appends `export { … }` with names as TypeScript keeps them: `__x` as `___x`. */
function withPlainNames(text: string): string {
  return text.replace(/\nexport \{[^{}]*\}$/, (appended) => appended.replace(/(?<=[ {])___/g, "__"));
}

function isUnchecked(compiler: Compiler, text: string): boolean {
  const cell = text.slice(text.indexOf("\n") + 1);
  return (compiler.getLeadingCommentRanges(cell, 0) ?? []).some(({ pos, end }) =>
    /^\/\/\s*@ts-nocheck\b/.test(cell.slice(pos, end)),
  );
}
