import type { AnyFunction } from "../../function-types.js";
import type { FunctionPart } from "../../wire/function-parts.cjs";
import { standIn } from "../analysis/stand-in.js";
import { boundTo } from "../inspection/closure.js";
import { isFunction } from "../objects.js";
import type { PartTable } from "../part-table.js";
import type { Path } from "../path.js";

/** `(k) => from[k]`, by any names. */
const member = /^\(?([\w$]+)\)?\s*=>\s*[\w$]+\[\1\]$/;

/**
 * A getter as Rolldown gives one to the members of CommonJS modules: a function that is bound to the member's name, and to
 * nothing else. Undefined for any other function.
 */
export function boundGetter(fn: AnyFunction, path: Path, table: PartTable): FunctionPart | undefined {
  const { target, given } = boundTo(fn) ?? {};
  const [key] = given ?? [];
  if (!isFunction(target) || !member.test(String(target)) || typeof key !== "string") {
    return undefined;
  }
  return standIn({
    name: fn.name,
    expression: "() => target(key)",
    usesImport: false,
    captures: [
      ["target", table.place(target, path)],
      ["key", table.place(key, path)],
    ],
  });
}
