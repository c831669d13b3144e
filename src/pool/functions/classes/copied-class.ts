import type { AnyFunction } from "../../function-types.js";
import { type Analysis, analysisOf } from "../analysis/analysis.js";
import { classTextOf } from "../analysis/class-text.js";
import { hasPrivateFields } from "../analysis/compiled-privates.js";
import { isFunction } from "../objects.js";
import { knownPart } from "../references/known-values.js";
import { type BuiltInClass, ofAllRealms } from "../references/realms.js";

/** Built-in classes whose instances are made anew in the worker, with all that they hold. */
const copied = new Set<unknown>(
  ofAllRealms<BuiltInClass>([
    Array,
    Map,
    Set,
    Error,
    AggregateError,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  ]),
);

/** Not so if private fields or the inner workings of a built-in class would be missing from a copy. */
export function canBeCopied(type: AnyFunction): boolean {
  for (let base: unknown = type; base !== Function.prototype; base = Object.getPrototypeOf(base)) {
    if (!isFunction(base)) {
      // A built-in class of another realm, such as `node:vm` makes.
      return false;
    }
    if (copied.has(base)) {
      return true;
    }
    const known = knownPart(base);
    if (known?.kind === "global") {
      return false;
    }
    if (known?.kind === "module" && known.module.startsWith("node:")) {
      return base !== type;
    }
    const analysis = analysisOf(base);
    if (
      typeof analysis === "object" &&
      (hasPrivateFields(analysis.source.expression) ||
        (analysis.names.hasPrivateNames && hasPrivateMembers(analysis)))
    ) {
      return false;
    }
  }
  return true;
}

/** Those of its instances: a copy does not have them. */
function hasPrivateMembers({ source }: Analysis): boolean {
  return classTextOf(source).members.some(({ isStatic, key }) => !isStatic && key?.startsWith("#"));
}
