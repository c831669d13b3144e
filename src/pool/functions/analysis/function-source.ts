import type { AnyFunction } from "../../function-types.js";
import { type Parsed, parseExpression } from "./parse.js";
import { isTree, type Tree } from "./syntax-tree.js";

/** The text of a function, made an expression that evaluates to it. */
export interface FunctionSource {
  readonly expression: string;
  /** The syntax tree of the expression in parentheses, as a program. */
  readonly program: Tree;
  readonly isClass: boolean;
  readonly isStrict: boolean;
}

/** The reasons why a text says nothing about a function: it stays in its class, or nests too deep. */
export type SourceFailure = "incomplete" | "depth";

/** Nobody can see the source of such a function: it is built in, bound or a proxy. */
export function isNative(fn: AnyFunction): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
}

/** Reads the source of a function that is neither native nor bound. */
export function sourceFrom(text: string, isStrict: boolean): FunctionSource | SourceFailure {
  const isClass = /^class\b/.test(text);
  const whole = parseExpression(text);
  if (typeof whole === "object") {
    return { ...sourceParsed(text, whole, isStrict), isClass };
  }
  const expression = whole === "syntax" ? methodExpression(text) : undefined;
  const method = expression === undefined ? "syntax" : parseExpression(expression);
  if (expression !== undefined && typeof method === "object") {
    return { ...sourceParsed(expression, method, isStrict), isClass: false };
  }
  return whole === "depth" || method === "depth" ? "depth" : "incomplete";
}

function sourceParsed(expression: string, { tree, isSloppy }: Parsed, isStrict: boolean) {
  return { expression, program: tree, isStrict: isStrict && !isSloppy };
}

/** The expression that a program in parentheses consists of. */
export function expressionIn(program: Tree): Tree | undefined {
  const [statement] = Array.isArray(program.body) ? program.body : [];
  return isTree(statement) && isTree(statement.expression) ? statement.expression : undefined;
}

/** `name(x) { … }`, as a method is written, made an expression. */
function methodExpression(text: string): string | undefined {
  const parsed = parseExpression(`{${text}}`);
  const object = typeof parsed === "object" ? expressionIn(parsed.tree) : undefined;
  const [method] = object && Array.isArray(object.properties) ? object.properties : [];
  if (!isTree(method) || !isTree(method.value)) {
    return undefined;
  }
  const { async: isAsync, generator: isGenerator, start } = method.value;
  const prefix = `${isAsync ? "async " : ""}${isGenerator ? "*" : ""}`;
  return `({ ${prefix}method${text.slice(start - "({".length)} }).method`;
}
