import type { AnyFunction } from "../../function-types.js";
import { scopesAround } from "../inspection/closure.js";
import { placeOf, positionOf, type Script } from "../inspection/scripts.js";
import { parseProgram } from "./parse.js";
import { scopesIn } from "./scopes.js";
import { isTree } from "./syntax-tree.js";

/** Only in these does it matter: assignments, `this`, functions, `delete` and `eval`. */
const telling = /[^=!<>]=[^=>]|\+\+|--|\b(?:this|function|delete|eval)\b/;

/** Sloppy functions that are written with `function` say so; of others, the script that they stand in does. */
export function isInStrictMode(fn: AnyFunction): boolean {
  if (Object.hasOwn(fn, "arguments") && Object.hasOwn(fn, "caller")) {
    return false;
  }
  const text = Function.prototype.toString.call(fn);
  return /^(?:class\b|function\b\s*(?!\*))/.test(text) || !telling.test(text) || isStrictAround(fn);
}

function isStrictAround(fn: AnyFunction): boolean {
  const place = placeOf(fn);
  if (!place || scopesAround(fn).some(({ isModule }) => isModule)) {
    return true;
  }
  const position = positionOf(place);
  const around = rangesIn(place.script).filter(({ start, end }) => start <= position && position < end);
  return around.some(({ isStrict }) => isStrict);
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly isStrict: boolean;
}

const known = new Map<string, readonly Range[]>();

/** The functions, classes and blocks of a script; what is strict makes all inside of it so. */
function rangesIn({ id, text }: Script): readonly Range[] {
  const found = known.get(id) ?? rangesOf(text);
  known.set(id, found);
  return found;
}

function rangesOf(text: string): readonly Range[] {
  const parsed = parseProgram(text);
  if (typeof parsed === "string") {
    return [{ start: 0, end: text.length, isStrict: true }];
  }
  return scopesIn(parsed.tree, false).scopes.flatMap(({ block, isStrict }) => {
    const node: unknown = block;
    return isTree(node) ? [{ start: node.start, end: node.end, isStrict }] : [];
  });
}
