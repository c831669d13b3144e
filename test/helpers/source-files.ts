import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export interface SourceFile {
  /** Below `src`, with slashes. */
  readonly path: string;
  readonly lines: number;
  readonly functions: readonly SourceFunction[];
  /** The texts of its comments, without their signs. */
  readonly comments: readonly string[];
  /** Module specifiers as they are written, those of types and of `import()` too. */
  readonly imports: readonly string[];
}

export interface SourceFunction {
  readonly name: string;
  readonly lines: number;
  readonly parameters: number;
}

/** Every TypeScript file of `src`, read without regard to what is built. */
export function sourceFiles(): SourceFile[] {
  return readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.c?ts$/.test(file))
    .map((file) => sourceFile(file.split(path.sep).join("/")))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The file of `src` that a relative specifier means; undefined if it is a package. */
export function importedFile(from: SourceFile, specifier: string): string | undefined {
  return specifier.startsWith(".")
    ? path.posix.join(path.posix.dirname(from.path), specifier).replace(/js$/, "ts")
    : undefined;
}

function sourceFile(file: string): SourceFile {
  const text = readFileSync(path.join("src", file), "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return {
    path: file,
    lines: text.split("\n").length - 1,
    functions: functionsOf(tree),
    comments: commentsOf(tree),
    imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
  };
}

function functionsOf(tree: ts.SourceFile): SourceFunction[] {
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  const functions: SourceFunction[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      functions.push({
        name: node.name?.getText() ?? `line ${lineAt(node.getStart()) + 1}`,
        lines: lineAt(node.end) - lineAt(node.getStart()) + 1,
        parameters: node.parameters.length,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return functions;
}

function commentsOf(tree: ts.SourceFile): string[] {
  const text = tree.text;
  const comments = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ];
    for (const { pos, end } of ranges) {
      comments.set(pos, text.slice(pos, end).replace(/^[/*\s]+/, ""));
    }
    node.getChildren().forEach(visit);
  };
  visit(tree);
  return [...comments.values()];
}
