import { createRequire } from "node:module";
import type { AnyFunction } from "../../function-types.js";
import { childrenOf, type Tree } from "./syntax-tree.js";

/** Name of the function that stands for `import` in a worker. */
export const importer = "$import$";

const require = createRequire(import.meta.url);

/** The text of a function, made an expression that evaluates to it. */
export interface FunctionSource {
  readonly expression: string;
  /** The syntax tree of the expression, as a program. */
  readonly program: Tree;
  readonly isClass: boolean;
  readonly isStrict: boolean;
  /** Name of the class that it extends, if it is a class that extends a named one. */
  readonly base: string | undefined;
}

/** Nobody can see the source of such a function: it is built in, bound or a proxy. */
export function isNative(fn: AnyFunction): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
}

/** Reads the source of a function; undefined if it is native or bound, or has no meaning outside its class. */
export function sourceOf(fn: AnyFunction): FunctionSource | undefined {
  if (isNative(fn)) {
    return undefined;
  }
  const text = Function.prototype.toString.call(fn);
  const isStrict = !Object.hasOwn(fn, "arguments") || !Object.hasOwn(fn, "caller");
  const isClass = /^class\b/.test(text);
  const expression = [text, methodExpression(text)].find((candidate) => candidate && parse(candidate));
  const program = expression && parse(expression);
  if (!program) {
    return undefined;
  }
  const base: string | undefined = program.body[0].expression.superClass?.name;
  return { expression: withImporter(expression, program), program, isClass, isStrict, base };
}

/**
 * Has `import(…)` call a function that the worker provides: by itself it would look for modules from wherever the
 * worker has its own files.
 */
function withImporter(expression: string, program: Tree): string {
  let result = expression;
  const starts = importsIn(program).map((start) => start - "(".length);
  for (const start of starts.sort((a, b) => b - a)) {
    result = `${result.slice(0, start)}${importer}${result.slice(start + "import".length)}`;
  }
  return result;
}

function importsIn(node: Tree): number[] {
  const found = [...childrenOf(node)].flatMap(([, child]) => importsIn(child));
  return node.type === "ImportExpression" ? [node.start, ...found] : found;
}

/** `name(x) { … }`, as a method is written, made an expression. */
function methodExpression(text: string): string | undefined {
  const program = parse(`{${text}}`);
  const method = program?.body[0]?.expression?.properties?.[0];
  if (!method) {
    return undefined;
  }
  const { async: isAsync, generator: isGenerator, start } = method.value;
  const prefix = `${isAsync ? "async " : ""}${isGenerator ? "*" : ""}`;
  return `({ ${prefix}method${text.slice(start - "({".length)} }).method`;
}

// biome-ignore lint/suspicious/noExplicitAny: the tree is walked without regard to the types of its nodes.
function parse(expression: string): any {
  const acorn: typeof import("acorn") = require("acorn");
  try {
    return acorn.parse(`(${expression})`, {
      ecmaVersion: "latest",
      sourceType: "module",
      ranges: true,
    });
  } catch {
    return undefined;
  }
}
