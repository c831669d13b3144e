import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";

interface Parsed {
  file: CellSourceFile;
  kind?: ts.ScriptKind;
}

/**
 * The cell as an expression that begins with an object literal, when it can be read so and, read as statements, is no
 * more than one block of labels and expressions: as Node's REPL reads it, but for `{ if (a) { b() } }`, where that sees
 * a method. Places in the file are places in the cell.
 */
export function asObjectLiteral(
  compiler: Compiler,
  plain: CellSourceFile,
  parse: (text: string) => Parsed,
): Parsed | undefined {
  const [first] = plain.statements;
  if (!first || !compiler.isBlock(first) || !mayBeObject(compiler, plain, first)) {
    return undefined;
  }
  const start = first.getStart(plain);
  const { text } = plain;
  const wrapped = parse(`${text.slice(0, start)}(${text.slice(start)}\n)`);
  const [statement, ...others] = wrapped.file.statements;
  if (wrapped.file.parseDiagnostics.length > 0 || !statement || others.length > 0) {
    return undefined;
  }
  if (!compiler.isExpressionStatement(statement) || hasNoValue(compiler, statement)) {
    return undefined;
  }
  const { expression } = statement;
  if (!compiler.isParenthesizedExpression(expression)) {
    return undefined;
  }
  Object.assign(statement, { expression: expression.expression });
  Object.assign(expression.expression, { parent: statement });
  moveBack(compiler, wrapped.file, { start, text });
  return wrapped;
}

/** Text that is right as statements stays so, unless it is one block whose statements may be properties. */
function mayBeObject(compiler: Compiler, file: CellSourceFile, block: ts.Block): boolean {
  return (
    file.parseDiagnostics.length > 0 ||
    (file.statements.length === 1 &&
      block.statements.every(
        (each) => compiler.isLabeledStatement(each) || compiler.isExpressionStatement(each),
      ))
  );
}

/** `{ a = 1 }` and `{ a() }`, which the parser lets pass. */
function hasNoValue(compiler: Compiler, node: ts.Node): boolean {
  const isDefault =
    compiler.isShorthandPropertyAssignment(node) && node.objectAssignmentInitializer !== undefined;
  const isSignature = compiler.isMethodDeclaration(node) && node.body === undefined;
  const isInside = () => compiler.forEachChild(node, (child) => hasNoValue(compiler, child) || undefined);
  return isDefault || isSignature || (isInside() ?? false);
}

/** Takes the bracket at `start`, and the one at the end, out of the file's text and places. */
function moveBack(
  compiler: Compiler,
  file: CellSourceFile,
  { start, text }: { start: number; text: string },
): void {
  const moved = (place: number) => Math.min(place > start ? place - 1 : place, text.length);
  const move = (range: ts.TextRange) => {
    Object.assign(range, { pos: moved(range.pos), end: moved(range.end) });
  };
  const visit = (node: ts.Node & { jsDoc?: readonly ts.Node[] }): void => {
    move(node);
    node.jsDoc?.forEach(visit);
    compiler.forEachChild(node, visit, (nodes) => {
      move(nodes);
      nodes.forEach(visit);
    });
  };
  visit(file);
  const { commentDirectives = [], bindDiagnostics = [] } = file;
  for (const { range } of commentDirectives) {
    move(range);
  }
  for (const diagnostic of bindDiagnostics) {
    diagnostic.start = moved(diagnostic.start);
  }
  Object.assign(file, { text, lineMap: undefined });
}
