import type { AnyFunction } from "../function-types.js";
import { parseProgram } from "./analysis/parse.js";
import { scopesIn } from "./analysis/scopes.js";
import { isTree, type Tree } from "./analysis/syntax-tree.js";
import { placeOf, positionOf, type Script } from "./inspection/scripts.js";
import { isFunction } from "./objects.js";

/** The text of the function expression around a function that a name in it means. V8 does not show this variable. */
export function namedAround(fn: AnyFunction, name: string, shown: unknown): string | undefined {
  const place = placeOf(fn);
  if (!place || !mayBeExpression(place.script, name, shown)) {
    return undefined;
  }
  const { text } = place.script;
  const start = positionOf(place);
  const end = start + Function.prototype.toString.call(fn).length;
  const around = expressionsNamed(place.script, name).find(
    ({ node, uses }) =>
      node.start < start && start < node.end && uses.some((use) => start <= use.start && use.start < end),
  );
  return around && text.slice(around.node.start, around.node.end);
}

/** Seen without parsing: a function of that name is written that is not the one that the variable holds. */
function mayBeExpression(script: Script, name: string, shown: unknown): boolean {
  const { text } = script;
  const own = isFunction(shown) ? Function.prototype.toString.call(shown) : undefined;
  return (functionsIn(script).get(name) ?? []).some(
    (index) =>
      own === undefined || !(text.startsWith(own, index) || text.startsWith(own, index - "async ".length)),
  );
}

const functions = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** The places where functions with a name are written in a script. */
function functionsIn({ id, text }: Script): ReadonlyMap<string, readonly number[]> {
  const known = functions.get(id);
  if (known) {
    return known;
  }
  const found = new Map<string, number[]>();
  for (const { index, 1: name = "" } of text.matchAll(
    /\bfunction\b\s*\*?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\(/gu,
  )) {
    found.set(name, [...(found.get(name) ?? []), index]);
  }
  functions.set(id, found);
  return found;
}

interface NamedExpression {
  readonly node: Tree;
  /** The uses of its own name within it. */
  readonly uses: readonly Tree[];
}

const expressions = new Map<string, readonly NamedExpression[]>();

function expressionsNamed({ id, text }: Script, name: string): readonly NamedExpression[] {
  const key = `${id} ${name}`;
  const known = expressions.get(key);
  if (known) {
    return known;
  }
  const parsed = parseProgram(text);
  const scopes = typeof parsed === "string" ? [] : scopesIn(parsed.tree, !parsed.isSloppy).scopes;
  const found = scopes.flatMap(({ functionExpressionScope, variables, block: node }) => {
    const own = functionExpressionScope ? variables.find((variable) => variable.name === name) : undefined;
    const identifiers: unknown[] = own?.references.map(({ identifier }) => identifier) ?? [];
    const uses = identifiers.filter(isTree);
    return isTree(node) && uses.length > 0 ? [{ node, uses }] : [];
  });
  expressions.set(key, found);
  return found;
}
