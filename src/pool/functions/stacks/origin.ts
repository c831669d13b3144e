import type { AnyFunction } from "../../function-types.js";
import type { Origin } from "../../wire/function-parts.cjs";
import { classTextOf } from "../analysis/class-text.js";
import type { FunctionSource } from "../analysis/function-source.js";
import { locationOf, scriptWithId } from "../inspection/scripts.js";
import { notebookExports } from "../notebook-exports.js";
import { compiledName } from "./notebook-stacks.js";

/** The place in its file where the expression that makes a function begins, for the worker's stacks to name. */
export function originOf(fn: AnyFunction, source: FunctionSource): Origin | undefined {
  const location = locationOf(fn);
  const url = location && (notebookExports() ? compiledName(location.scriptId) : fileOf(location.scriptId));
  if (!url) {
    return undefined;
  }
  const before = source.expression.slice(0, namedPlace(source));
  const lines = before.split("\n").length - 1;
  const column = lines > 0 ? 0 : location.column - before.length;
  return { url, line: location.line - lines, column };
}

function fileOf(scriptId: string): string | undefined {
  return scriptWithId(scriptId)?.url.replace(/[?#].*$/, "");
}

/** V8 names the place of the parameters: of a function, a method or the constructor of a class. */
function namedPlace(source: FunctionSource): number {
  const { expression, isClass } = source;
  if (isClass) {
    const members = classTextOf(source).members;
    const maker = members.find(({ key, isStatic }) => key === "constructor" && !isStatic);
    return maker ? expression.indexOf("(", maker.start) : 0;
  }
  return /^(?:\(\{ |(?:async\s+)?function\b)/.test(expression) ? expression.indexOf("(", 1) : 0;
}
