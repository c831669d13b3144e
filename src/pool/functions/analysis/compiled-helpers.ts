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
  /^(?:_(?:typeof|type_of|extends|get|set|construct|(?:get|set)(?:PrototypeOf|_prototype_of)|isNativeReflectConstruct|is_native_reflect_construct|wrapNativeSuper|wrap_native_super|regenerator\w*|templateObject\d*)|AsyncFromSyncIterator)$/;
/** In the helpers that TypeScript writes for `import()` and `import * as`, for spread objects and for derived classes. */
const byTypeScript =
  /\b(ownKeys|__assign|extendStatics) = Object\.(?:getOwnPropertyNames|assign|setPrototypeOf) \|\|/;
/** The part of Babel's `_regenerator` that makes generators, with temporary variables around it. */
const generating = /_regeneratorDefine\w*\(\w+, "_invoke", /;
const counting = /^_(?:classPrivateFieldLooseKey|class_private_field_loose_key)$/;
const asynchronous = /\b_?(?:asyncToGenerator|async_to_generator|wrapAsyncGenerator|wrap_async_generator)\b/;

/**
 * The function of that name and text is a helper of a compiler that sets the variable `variable` for itself alone: it replaces itself,
 * is the second half of an asynchronous function, or counts what it has named. Or a compiler has made the variable for it.
 */
export function setsForItself(name: string, expression: string, variable: string): boolean {
  if (byTypeScript.exec(expression)?.[1] === variable || isReceiver(variable, expression)) {
    return true;
  }
  if (name !== variable) {
    return (variable === "id" && counting.test(name)) || generating.test(expression);
  }
  return (
    wildcards.test(name) || replaced.test(name) || (name.startsWith("_") && asynchronous.test(expression))
  );
}

/** As in `(_Math = Math).max.apply(_Math, numbers)`, which SWC makes of `Math.max(...numbers)`. */
function isReceiver(variable: string, expression: string): boolean {
  return (
    variable.startsWith("_") &&
    expression.includes(`(${variable} = `) &&
    expression.includes(`.apply(${variable}, `)
  );
}

/** A variable in which a helper keeps the modules that it has wrapped. */
export function isCacheOf(helper: string, value: unknown): boolean {
  return wildcards.test(helper) && (value === undefined || types.isWeakMap(value));
}

/** A variable that a function sets to the strings of a template when it first needs them. */
export function isTemplate(variable: string): boolean {
  return /^(?:_templateObject\d*|templateObject_\d+)$/.test(variable);
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

/**
 * The part of a node in which `this` is handed on to a function that makes no use of it: the argument in `__awaiter(this, …,
 * function* () { … })` and the like, and the declaration in `var self = this, args = arguments; … fn.apply(self, args) …`.
 */
export function unusedThis(node: Tree): Tree | undefined {
  return node.type === "CallExpression" ? unusedArgument(node) : unusedDeclaration(node);
}

function unusedArgument({ callee, arguments: given }: Tree): Tree | undefined {
  const [first, last] = Array.isArray(given) ? [given[0], given.at(-1)] : [];
  if (!isTree(callee) || !isTree(first) || first.type !== "ThisExpression") {
    return undefined;
  }
  const isUnused = passesThis.test(nameOf(callee))
    ? ignoresThis(last)
    : isCallOfGenerator(callee) || (isSecondHalf(callee) && isTree(last) && last.name === "arguments");
  return isUnused ? first : undefined;
}

/** As Babel and SWC begin the function that an asynchronous one has become. */
function unusedDeclaration({ type, body }: Tree): Tree | undefined {
  const [first, ...rest] = type === "BlockStatement" && Array.isArray(body) ? body : [];
  const [self, args] = isTree(first) && Array.isArray(first.declarations) ? first.declarations : [];
  const isTaken = self?.init?.type === "ThisExpression" && args?.init?.name === "arguments";
  return isTaken && !rest.some((statement) => usesOtherwise(statement, self.id?.name, args.id?.name))
    ? first
    : undefined;
}

/** The name stands elsewhere than in `fn.apply(name, args)`. */
function usesOtherwise(node: Tree, name: unknown, args: unknown): boolean {
  const { type, callee, arguments: given } = node;
  if (type === "CallExpression" && isTree(callee) && nameOf(callee) === "apply" && Array.isArray(given)) {
    const [self, last] = given;
    if (given.length === 2 && self?.name === name && last?.name === args) {
      return usesOtherwise(callee, name, args);
    }
  }
  return (
    (type === "Identifier" && node.name === name) ||
    [...childrenOf(node)].some(([, child]) => usesOtherwise(child, name, args))
  );
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

/** As in `_async_to_generator(function* () { … }).call(this)`, as SWC writes it. */
function isCallOfGenerator({ object, property }: Tree): boolean {
  if (!isTree(object) || !isTree(property) || property.name !== "call") {
    return false;
  }
  const { callee, arguments: given } = object;
  const isMade = isTree(callee) && asynchronous.test(nameOf(callee)) && Array.isArray(given);
  return isMade && ignoresThis(given.at(-1));
}

function ignoresThis(fn: unknown): boolean {
  return isTree(fn) && fn.type === "FunctionExpression" && !usesThis(fn.body);
}

function usesThis(node: unknown): boolean {
  if (!isTree(node) || node.type === "FunctionExpression" || node.type === "FunctionDeclaration") {
    return false;
  }
  const unused = unusedThis(node);
  const children = [...childrenOf(node)].map(([, child]) => child);
  return node.type === "ThisExpression" || children.some((child) => child !== unused && usesThis(child));
}
