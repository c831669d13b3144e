import { types } from "node:util";
import { expressionIn } from "./function-source.js";
import { scopesIn } from "./scopes.js";
import { childrenOf, isTree, type Tree } from "./syntax-tree.js";

/*
 * Functions that compilers write for older languages. Some put another function in their own place when they are called
 * first, or keep what they have made: a worker does so by itself.
 */

const passesThis = /^(?:__awaiter|__generator|__asyncGenerator)$/;
const wildcards = /^_(?:interopRequireWildcard|getRequireWildcardCache|interop_require_wildcard)$/;
const replaced =
  /^_(?:typeof|type_of|extends|get|set|construct|(?:get|set)(?:PrototypeOf|_prototype_of)|isNativeReflectConstruct|is_native_reflect_construct|wrapNativeSuper|wrap_native_super)$/;
/** In the helper that TypeScript writes for `import()` and `import * as`. */
const ownKeys = /\bownKeys = Object\.getOwnPropertyNames \|\| function/;
const asynchronous = /\b_?(?:asyncToGenerator|async_to_generator|wrapAsyncGenerator|wrap_async_generator)\b/;

/** A helper of a compiler that replaces itself, or the second half of an asynchronous function. */
export function replacesItself(name: string, expression: string): boolean {
  return (
    wildcards.test(name) ||
    replaced.test(name) ||
    (name === "ownKeys" && ownKeys.test(expression)) ||
    (name.startsWith("_") && asynchronous.test(expression))
  );
}

/** A variable in which a helper keeps the modules that it has wrapped. */
export function isCacheOf(helper: string, value: unknown): boolean {
  return wildcards.test(helper) && (value === undefined || types.isWeakMap(value));
}

/** The text of a function declaration that assigns to its own name, without that: as an expression, it could not. */
export function withoutOwnName(program: Tree, text: string, isStrict: boolean): string | undefined {
  const id = expressionIn(program)?.id;
  if (!isTree(id) || !seemsAssigned(String(id.name), text)) {
    return undefined;
  }
  const [own] = scopesIn(program, isStrict).scopes.filter(
    ({ functionExpressionScope }) => functionExpressionScope,
  );
  const isAssigned = own?.variables.some((variable) => variable.references.some((use) => use.isWrite()));
  return isAssigned ? text.slice(0, id.start - 1) + text.slice(id.end - 1) : undefined;
}

/** Seen without looking at scopes, which takes long: an assignment follows the name, behind its declaration. */
function seemsAssigned(name: string, text: string): boolean {
  const behind = text.split(name).slice(2);
  return behind.some((rest) => /^\s*(?:[-+*/%&|^?<>]{0,3}=(?!=)|\+\+|--)/.test(rest));
}

/** `this` in `__awaiter(this, …, function* () { … })` and the like, which hand it to a function that makes no use of it. */
export function unusedThis({ type, callee, arguments: given }: Tree): Tree | undefined {
  const [first, last] = Array.isArray(given) ? [given[0], given.at(-1)] : [];
  if (type !== "CallExpression" || !isTree(callee) || !isTree(first) || first.type !== "ThisExpression") {
    return undefined;
  }
  const isUnused = passesThis.test(nameOf(callee))
    ? isTree(last) && last.type === "FunctionExpression" && !usesThis(last.body)
    : isSecondHalf(callee) && isTree(last) && last.name === "arguments";
  return isUnused ? first : undefined;
}

/** The last part of `__awaiter`, `tslib_1.__awaiter` or `(0, tslib_1.__awaiter)`. */
function nameOf({ name, property, expressions }: Tree): string {
  const inner = Array.isArray(expressions) ? expressions.at(-1) : property;
  return isTree(inner) ? nameOf(inner) : String(name);
}

/** As in `return _load.apply(this, arguments)`, which is all that Babel and SWC leave of an asynchronous function. */
function isSecondHalf({ object, property }: Tree): boolean {
  return isTree(object) && /^_/.test(String(object.name)) && isTree(property) && property.name === "apply";
}

function usesThis(node: unknown): boolean {
  if (!isTree(node) || node.type === "FunctionExpression" || node.type === "FunctionDeclaration") {
    return false;
  }
  const unused = unusedThis(node);
  const children = [...childrenOf(node)].map(([, child]) => child);
  return node.type === "ThisExpression" || children.some((child) => child !== unused && usesThis(child));
}
