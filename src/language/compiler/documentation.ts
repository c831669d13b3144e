import type ts from "typescript";
import type { Compiler } from "./compiler.js";

const declarationFile = /\.d\.[cm]?ts$/;

/** Declaration files are parsed without their comments, which is most of their text. */
export function parsingMode(compiler: Compiler, path: string): ts.JSDocParsingMode {
  const { ParseNone, ParseAll } = compiler.JSDocParsingMode;
  return declarationFile.test(path) ? ParseNone : ParseAll;
}

/** Gives the declarations of a symbol the comments that were left out. */
export function restoreDocumentation(compiler: Compiler, symbol: ts.Symbol): void {
  for (const declaration of symbol.declarations ?? []) {
    const { fileName, text } = declaration.getSourceFile();
    if (declarationFile.test(fileName)) {
      const statement = compiler.findAncestor(declaration, ({ parent }) => compiler.isSourceFile(parent));
      const { pos = 0, end = text.length } = statement ?? {};
      // Of a long file, the statement alone, in its place; the one before it ends where it begins.
      const piece = pos === 0 ? text.slice(0, end) : `${" ".repeat(pos - 1)};${text.slice(pos, end)}`;
      const documented = compiler.createSourceFile(fileName, piece, compiler.ScriptTarget.Latest, true);
      copy(declaration, chain(compiler, documented, declaration));
    }
  }
}

/** The nodes around the place of `target` in another tree of the same text, the innermost first. */
function chain(compiler: Compiler, file: ts.SourceFile, target: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.pos <= target.pos && target.end <= node.end) {
      nodes.unshift(node);
      compiler.forEachChild(node, visit);
    }
  };
  visit(file);
  return nodes;
}

function copy(declaration: ts.Node, documented: ts.Node[]): void {
  for (let node = declaration; node.parent; node = node.parent) {
    const twin = documented.find(
      ({ pos, end, kind }) => pos === node.pos && end === node.end && kind === node.kind,
    );
    const jsDoc = twin && "jsDoc" in twin && Array.isArray(twin.jsDoc) ? twin.jsDoc : undefined;
    Object.assign(node, { jsDoc });
    // Names in comments, as in `{@link name}`, are looked up from there.
    for (const comment of jsDoc ?? []) {
      Object.assign(comment, { parent: node });
    }
  }
}
